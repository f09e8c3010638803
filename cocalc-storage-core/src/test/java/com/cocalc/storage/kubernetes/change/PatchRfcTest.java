package com.cocalc.storage.kubernetes.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cocalc.storage.LicenseName;
import com.cocalc.storage.kubernetes.audit.Licenses;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Operations as RFC 6902 has them: against its examples, and against another implementation over random patches. */
class PatchRfcTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String[] NAMES = {"a", "b", "", "a/b", "m~n", "~1", "~01", "0", "1", "01", "-", "-1", "é"};
    private static final String[] BROKEN = {"a", "~", "/~", "/a~2", "#/a", "/a/~"};
    private static final String[] OPS = {"add", "remove", "replace", "move", "copy", "test", "add", "test"};

    private static LicenseName license() {
        return Licenses.of(Licenses.patch(Licenses.A, "[]")).entries().get(0).name();
    }

    /** The document afterwards, or empty where an operation is refused. */
    private static Optional<JsonNode> ours(JsonNode patch, JsonNode document) {
        PatchTree tree = new PatchTree(document);
        for (JsonNode operation : patch) {
            JsonNode before = tree.root().deepCopy();
            try {
                tree.apply(PatchStep.of(new PatchOperation(license(), 0, (ObjectNode) operation)));
            } catch (PatchProblem e) {
                assertThat(e.words()).isNotBlank().matches("[ -~…]+");
                assertThat(tree.root()).isEqualTo(before);
                return Optional.empty();
            }
        }
        return Optional.of(tree.root());
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aPatchDoesWhatTheRfcSaysOrIsRefused(@ForAll long seed) {
        Random random = new Random(seed);
        JsonNode document = object(random, 3);
        for (int i = 0; i < 20; i++) {
            ArrayNode patch = NODES.arrayNode();
            int operations = 1 + random.nextInt(4);
            for (int j = 0; j < operations; j++) {
                patch.add(operation(random, document));
            }
            JsonNode before = document.deepCopy();

            assertThat(ours(patch, document))
                    .as("%s on %s", patch, document)
                    .isEqualTo(ReferencePatch.apply(patch, document));
            assertThat(document).isEqualTo(before);
        }
    }

    /** So that the property is about something: most random patches would be refused. */
    @Example
    void manyOfTheRandomPatchesAreApplied() {
        int applied = 0;
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            JsonNode document = object(random, 3);
            ArrayNode patch = NODES.arrayNode().add(operation(random, document)).add(operation(random, document));
            applied += ours(patch, document).isPresent() ? 1 : 0;
        }

        assertThat(applied).isBetween(60, 400);
    }

    private static ObjectNode operation(Random random, JsonNode document) {
        ObjectNode operation = NODES.objectNode().put("op", OPS[random.nextInt(OPS.length)]);
        String path = pointer(random, document);
        operation.put("path", path);
        if (random.nextInt(20) > 0) {
            operation.put("from", pointer(random, document));
        }
        JsonNode there = random.nextBoolean() ? find(path, document) : null;
        if (random.nextInt(20) > 0) {
            operation.set("value", there == null ? value(random, 2) : there.deepCopy());
        }
        return operation;
    }

    private static JsonNode find(String path, JsonNode document) {
        try {
            return PatchPointer.parse(path).in(document);
        } catch (PatchProblem e) {
            return null;
        }
    }

    private static String pointer(Random random, JsonNode document) {
        if (random.nextInt(25) == 0) {
            return BROKEN[random.nextInt(BROKEN.length)];
        }
        StringBuilder pointer = new StringBuilder();
        JsonNode at = document;
        while (random.nextInt(4) > 0 && (at.isContainerNode() || random.nextInt(8) == 0)) {
            String name = NAMES[random.nextInt(NAMES.length)];
            if (at.isObject() && !at.isEmpty() && random.nextInt(6) > 0) {
                List<String> names = new ArrayList<>();
                at.fieldNames().forEachRemaining(names::add);
                name = names.get(random.nextInt(names.size()));
            } else if (at.isArray() && random.nextInt(6) > 0) {
                name = random.nextInt(5) == 0 ? "-" : String.valueOf(random.nextInt(at.size() + 1));
            }
            pointer.append('/').append(name.replace("~", "~0").replace("/", "~1"));
            at = at.isArray() && name.matches("[0-9]") ? at.path(Integer.parseInt(name)) : at.path(name);
        }
        return pointer.toString();
    }

    private static ObjectNode object(Random random, int levels) {
        ObjectNode object = NODES.objectNode();
        int size = 1 + random.nextInt(4);
        for (int i = 0; i < size; i++) {
            object.set(NAMES[random.nextInt(NAMES.length)], value(random, levels - 1));
        }
        return object;
    }

    private static JsonNode value(Random random, int levels) {
        return switch (random.nextInt(levels > 0 ? 9 : 5)) {
            case 0 -> NODES.numberNode(random.nextInt(3));
            case 1 -> random.nextBoolean() ? NODES.numberNode(1.0) : NODES.numberNode(1L);
            case 2 -> NODES.textNode(NAMES[random.nextInt(NAMES.length)]);
            case 3 -> NODES.booleanNode(random.nextBoolean());
            case 4 -> NODES.nullNode();
            case 5, 6 -> array(random, levels);
            default -> object(random, levels);
        };
    }

    private static ArrayNode array(Random random, int levels) {
        ArrayNode array = NODES.arrayNode();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            array.add(value(random, levels - 1));
        }
        return array;
    }

    /** The examples of appendix A: document, patch, result; or what the refusal says. */
    @Example
    void theExamplesOfTheRfcHold() throws Exception {
        String[][] examples = {
            {"{'foo':'bar'}", "[{'op':'add','path':'/baz','value':'qux'}]", "{'baz':'qux','foo':'bar'}"},
            {"{'foo':['bar','baz']}", "[{'op':'add','path':'/foo/1','value':'qux'}]", "{'foo':['bar','qux','baz']}"},
            {"{'baz':'qux','foo':'bar'}", "[{'op':'remove','path':'/baz'}]", "{'foo':'bar'}"},
            {"{'foo':['bar','qux','baz']}", "[{'op':'remove','path':'/foo/1'}]", "{'foo':['bar','baz']}"},
            {"{'baz':'qux','foo':'bar'}", "[{'op':'replace','path':'/baz','value':'boo'}]", "{'baz':'boo','foo':'bar'}"
            },
            {
                "{'foo':{'bar':'baz','waldo':'fred'},'qux':{'corge':'grault'}}",
                "[{'op':'move','from':'/foo/waldo','path':'/qux/thud'}]",
                "{'foo':{'bar':'baz'},'qux':{'corge':'grault','thud':'fred'}}"
            },
            {
                "{'foo':['all','grass','cows','eat']}",
                "[{'op':'move','from':'/foo/1','path':'/foo/3'}]",
                "{'foo':['all','cows','eat','grass']}"
            },
            {
                "{'baz':'qux','foo':['a',2,'c']}",
                "[{'op':'test','path':'/baz','value':'qux'},{'op':'test','path':'/foo/1','value':2}]",
                "{'baz':'qux','foo':['a',2,'c']}"
            },
            {
                "{'foo':'bar'}",
                "[{'op':'add','path':'/child','value':{'grandchild':{}}}]",
                "{'foo':'bar','child':{'grandchild':{}}}"
            },
            {"{'foo':'bar'}", "[{'op':'add','path':'/baz','value':'qux','xyz':123}]", "{'foo':'bar','baz':'qux'}"},
            {
                "{'/':9,'~1':10}",
                "[{'op':'test','path':'/~01','value':10},{'op':'test','path':'/~1','value':9}]",
                "{'/':9,'~1':10}"
            },
            {"{'foo':['bar']}", "[{'op':'add','path':'/foo/-','value':['abc','def']}]", "{'foo':['bar',['abc','def']]}"
            },
            {"{'a':[1,{'b':1}]}", "[{'op':'test','path':'/a','value':[1.0,{'b':1e0}]}]", "{'a':[1,{'b':1}]}"}
        };
        for (String[] example : examples) {
            assertThat(ours(json(example[1]), json(example[0]))).as(example[1]).contains(json(example[2]));
        }
    }

    @Example
    void whatTheRfcRefusesIsRefusedByName() throws Exception {
        String[][] refused = {
            {"[{'op':'test','path':'/baz','value':'bar'}]", "the pod has another value there"},
            {"[{'op':'test','path':'/~01','value':'10'}]", "the pod has another value there"},
            {"[{'op':'add','path':'/nothing/bat','value':'qux'}]", "the pod has no \"nothing\" there"},
            {"[{'op':'add','path':'/foo/5','value':1}]", "the pod has no \"5\" there"},
            {"[{'op':'add','path':'/foo/01','value':1}]", "\"01\" is not an index of a list"},
            {"[{'op':'add','path':'/baz/x','value':1}]", "the pod has no \"x\" there"},
            {"[{'op':'replace','path':'/foo/-','value':1}]", "\"-\" is not an index of a list"},
            {"[{'op':'replace','path':'/nothing','value':1}]", "the pod has no \"nothing\" there"},
            {"[{'op':'remove','path':'/foo/2'}]", "the pod has no \"2\" there"},
            {"[{'op':'remove','path':'/baz/x'}]", "the pod has no \"x\" there"},
            {"[{'op':'remove','path':''}]", "it leaves nothing of the pod"},
            {"[{'op':'move','from':'/foo','path':'/foo/0'}]", "it moves a value into itself"},
            {"[{'op':'move','from':'','path':'/x'}]", "it moves a value into itself"},
            {"[{'op':'move','from':'/nothing','path':'/x'}]", "the pod has no \"nothing\" there"},
            {"[{'op':'move','from':'/foo/0','path':'/foo/2'}]", "the pod has no \"2\" there"},
            {"[{'op':'copy','path':'/x'}]", "it has no from that is a text"},
            {"[{'op':'copy','from':5,'path':'/x'}]", "it has no from that is a text"},
            {"[{'op':'add','path':'/x'}]", "it has no value"},
            {"[{'op':'test','path':'/x'}]", "it has no value"},
            {"[{'op':'add','path':'x','value':1}]", "\"x\" is not a JSON pointer (RFC 6901), as it starts without '/'"},
            {
                "[{'op':'add','path':'/~2','value':1}]",
                "\"/~2\" is not a JSON pointer (RFC 6901), as it has a '~' without 0 or 1 after it"
            },
            {"[{'op':'add','path':'/x','value':[{'a':1e400}]}]", "its value has a number beyond 1.8e308"}
        };
        JsonNode document = json("{'baz':'qux','foo':['a',2],'/':9,'~1':10}");
        for (String[] one : refused) {
            ObjectNode operation = (ObjectNode) json(one[0]).get(0);
            assertThatThrownBy(() ->
                            new PatchTree(document).apply(PatchStep.of(new PatchOperation(license(), 0, operation))))
                    .as(one[0])
                    .isInstanceOf(PatchProblem.class)
                    .hasMessage(one[1]);
        }
    }

    private static JsonNode json(String text) throws Exception {
        return MAPPER.readTree(text.replace('\'', '"'));
    }
}
