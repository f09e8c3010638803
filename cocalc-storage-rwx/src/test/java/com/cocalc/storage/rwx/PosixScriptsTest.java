package com.cocalc.storage.rwx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code tools/posix-scripts} answers, line for line: every operation of the protocol, and what is no script. */
class PosixScriptsTest {
    private static final String MOUNTS = "{'id':1,'mounts':[{'name':'m','uid':2001,'gid':2001}],'volume':{'mode':511},";

    private int exit;

    private List<String> answers(String... lines) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String input = String.join("\n", lines).replace('\'', '"');
        exit = PosixScripts.answerAll(
                new BufferedReader(new StringReader(input)), new PrintStream(out, true, StandardCharsets.US_ASCII));
        return out.toString(StandardCharsets.US_ASCII).lines().toList();
    }

    /** The results of operations, each written as its fields. */
    private String results(String... operations) throws IOException {
        String ops = "{'mount':'m'," + String.join("},{'mount':'m',", operations) + "}";
        String answer = answers(MOUNTS + "'ops':[" + ops + "]}").get(0).replace('"', '\'');
        return answer.substring(answer.indexOf("'results'"), answer.indexOf(",'tree'"));
    }

    @Test
    void everyOperationOfTheProtocolIsAnswered() throws IOException {
        assertThat(results(
                        "'op':'mkdir','path':'d','mode':511",
                        "'op':'create','path':'d/f','content':'hi'",
                        "'op':'write','path':'d/f','content':'HI'",
                        "'op':'append','path':'d/f','content':'!'",
                        "'op':'read','path':'d/f'",
                        "'op':'truncate','path':'d/f','size':1",
                        "'op':'link','path':'d/f','to':'g'",
                        "'op':'rename','path':'g','to':'h'",
                        "'op':'symlink','target':'d/f','path':'l'",
                        "'op':'readlink','path':'l'",
                        "'op':'chmod','path':'h','mode':384",
                        "'op':'chown','path':'h','gid':2001",
                        "'op':'utimes','path':'h','atimeNs':1,'mtimeNs':2",
                        "'op':'access','path':'h','want':'rw'",
                        "'op':'stat','path':'l'",
                        "'op':'lstat','path':'l'",
                        "'op':'readdir','path':'/'",
                        "'op':'unlink','path':'l'"))
                .isEqualTo("'results':[" + "{'ok':true},".repeat(4)
                        + "{'ok':true,'value':{'content':'HI!'}}," + "{'ok':true},".repeat(4)
                        + "{'ok':true,'value':'d/f'}," + "{'ok':true},".repeat(4)
                        + "{'ok':true,'value':{'type':'file','mode':384,'uid':2001,'gid':2001,'nlink':2,'size':1}},"
                        + "{'ok':true,'value':{'type':'link','mode':511,'uid':2001,'gid':2001,'nlink':1,'size':3}},"
                        + "{'ok':true,'value':['d','h','l']},{'ok':true}]");
        assertThat(results(
                        "'op':'open','path':'f','flags':['RDWR','CREAT'],'mode':420,'handle':'h'",
                        "'op':'hwrite','handle':'h','fill':3",
                        "'op':'hwrite','handle':'h','content':'y','offset':0",
                        "'op':'hread','handle':'h'",
                        "'op':'htruncate','handle':'h','size':2",
                        "'op':'hstat','handle':'h'",
                        "'op':'hreaddir','handle':'h'",
                        "'op':'hclose','handle':'h'",
                        "'op':'hclose','handle':'h'",
                        "'op':'rmdir','path':'f'"))
                .isEqualTo("'results':[" + "{'ok':true},".repeat(3)
                        + "{'ok':true,'value':{'content':'yxx'}},{'ok':true},"
                        + "{'ok':true,'value':{'type':'file','mode':420,'uid':2001,'gid':2001,'nlink':1,'size':2}},"
                        + "{'errno':'ENOTDIR'},{'ok':true},{'errno':'EBADF'},{'errno':'ENOTDIR'}]");
        assertThat(exit).isZero();
    }

    @Test
    void theTreeShowsWhatRootSees() throws IOException {
        assertThat(answers("{'id':'x','mounts':[{'name':'m','uid':0,'gid':0,'subPath':'p'}],"
                        + "'setup':[{'op':'symlink','target':'nowhere','path':'l'},{'op':'rmdir','path':'q'}],"
                        + "'ops':[{'mount':'m','op':'create','path':'f','fill':200},"
                        + "{'mount':'m','op':'link','path':'f','to':'g'}]}"))
                .containsExactly(("{'id':'x','results':[{'ok':true},{'ok':true}],'tree':["
                                + "{'path':'.','type':'dir','mode':493,'uid':0,'gid':0,'nlink':3},"
                                + "{'path':'l','type':'link','mode':511,'uid':0,'gid':0,'nlink':1,'size':7,"
                                + "'target':'nowhere'},"
                                + "{'path':'p','type':'dir','mode':493,'uid':0,'gid':0,'nlink':2},"
                                + "{'path':'p/f','type':'file','mode':420,'uid':0,'gid':0,'nlink':2,'size':200,"
                                + "'contentSha':'aa20c23e3201834050679e1d88941b9a6fed0557c9a705cb2c315e2e63fd486d',"
                                + "'sameFileAs':'p/f'},"
                                + "{'path':'p/g','type':'file','mode':420,'uid':0,'gid':0,'nlink':2,'size':200,"
                                + "'contentSha':'aa20c23e3201834050679e1d88941b9a6fed0557c9a705cb2c315e2e63fd486d',"
                                + "'sameFileAs':'p/f'}],"
                                + "'setupErrors':[{'index':1,'errno':'ENOENT'}]}")
                        .replace('\'', '"'));
    }

    @Test
    void blankLinesAreNotAnsweredAndABadScriptDoesNotStopTheNext() throws IOException {
        assertThat(answers("", "{", "  ", MOUNTS + "'ops':[]}"))
                .containsExactly(
                        "{\"id\":null,\"error\":\"JSONDecodeError: expected more at character 1\"}",
                        "{\"id\":1,\"results\":[],\"tree\":[{\"path\":\".\",\"type\":\"dir\",\"mode\":511,\"uid\":0,"
                                + "\"gid\":0,\"nlink\":2}]}");
        assertThat(exit).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            5                                            | AttributeError: a script must be an object
            {'id':1} x                                   | JSONDecodeError: expected the end at character 9
            {'mounts':5,'ops':[]}                        | TypeError: mounts must be a list
            {'mounts':[{}],'ops':[]}                     | KeyError: 'uid'
            {'mounts':[null],'ops':[]}                   | TypeError: each of mounts must be an object
            {'mounts':[{'name':'m','uid':-1,'gid':0}]}   | ValueError: uid must be 0 to 4294967294, but was -1; use the number of a Unix account, 2001 for a project
            {'mounts':[{'name':'m','uid':'0','gid':0}]}  | TypeError: uid must be an integer of 64 bits
            {'mounts':[{'name':'m','uid':0,'gid':0,'groups':[null]}]} | TypeError: group must not be null
            {'mounts':[{'name':'m','uid':0,'gid':0,'subPath':'a//b'}]} | ValueError: subPath must be plain names joined by '/', but was "a//b"; leave it out to mount the whole volume
            {'mounts':[{'name':'m','uid':0,'gid':0,'subPath':'\\ud800'}]} | UnicodeEncodeError: subPath must be encodable, but has a lone surrogate
            {'volume':{'bytes':-5},'mounts':[],'ops':[]} | outside an operation: bytes of volume must not be negative, but was -5
            {'volume':null,'mounts':[],'ops':[]}         | TypeError: volume must be an object
            {'mounts':[]}                                | KeyError: 'ops'
            """)
    void whatIsNoScriptIsToldByItsFault(String line, String error) throws IOException {
        assertThat(answers(line)).containsExactly(Json.write(answer(error)));
        assertThat(exit).isEqualTo(2);
    }

    private static Map<String, Object> answer(String error) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", null);
        answer.put("error", error.replace('`', '\''));
        return answer;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'op':'nope'                                  | ValueError: unknown op nope
            'op':5                                       | TypeError: op must be a string
            'path':'d'                                   | KeyError: 'op'
            'op':'mkdir'                                 | KeyError: 'path'
            'op':'mkdir','path':null                     | TypeError: path must not be null
            'op':'mkdir','path':'a\\u0000b'              | ValueError: embedded null byte
            'op':'mkdir','path':'\\ud800'                | UnicodeEncodeError: text must be encodable, but has a lone surrogate 55296
            'op':'mkdir','path':'d','mode':'755'         | TypeError: mode must be an integer of 64 bits
            'op':'mkdir','path':'d','mode':99999999999   | OverflowError: mode does not fit into an int
            'op':'access','path':'d','want':'q'          | KeyError: 'q'
            'op':'access','path':'\\udcff'               | UnicodeEncodeError: path must be encodable, but has a lone surrogate
            'op':'open','path':'d','flags':['NOPE']      | KeyError: 'NOPE'
            'op':'open','path':'d','flags':'RDONLY'      | TypeError: flags must be a list
            'op':'hread'                                 | KeyError: 'handle'
            'op':'hread','handle':[1]                    | TypeError: handle must be a string or a number
            'op':'create','path':'f','content':5         | TypeError: content must be a string
            'op':'create','path':'f','fill':99999999999  | MemoryError: fill must be at most 268435456, but was 99999999999
            'op':'chown','path':'/','uid':-2             | OverflowError: uid must be -1 to 4294967295, but was -2
            'op':'truncate','path':'/'                   | KeyError: 'size'
            'op':'rename','path':'a','to':'b','toMount':'z' | KeyError: 'z'
            'op':'rename','path':'a','to':'b/','toMount':'m' | ValueError: with toMount, path and to must end in a plain name, but was 'b/'
            'op':'utimes','path':'/','atimeNs':-9223372036854775808 | OverflowError: atimeNs must be above -9223372036854775807, but was -9223372036854775808
            """)
    void anOperationThatIsNoneIsToldByItsFault(String operation, String error) throws IOException {
        assertThat(answers(MOUNTS + "'ops':[{'mount':'m'," + operation + "}]}"))
                .containsExactly("{\"id\":1,\"error\":" + Json.write(error) + "}");
        assertThat(exit).isEqualTo(2);
    }

    @Test
    void deepNestingIsRefusedAndDoesNotOverflow() throws IOException {
        assertThat(answers("[".repeat(100_000), "{\"a\":".repeat(100_000)))
                .containsExactly(
                        "{\"id\":null,\"error\":\"JSONDecodeError: expected at most 500 levels at character 500\"}",
                        "{\"id\":null,\"error\":\"JSONDecodeError: expected at most 500 levels at character 2500\"}");
    }
}
