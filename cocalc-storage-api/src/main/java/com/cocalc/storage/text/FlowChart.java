package com.cocalc.storage.text;

/** A flow chart in Mermaid's notation, drawn from left to right, one line at a time. */
public final class FlowChart {

    private final StringBuilder text = new StringBuilder("flowchart LR");

    /**
     * Adds a box.
     *
     * @param id the word by which arrows name it
     * @param label its text
     */
    public void box(String id, String label) {
        line("  " + id + "[" + quoted(label) + "]");
    }

    /**
     * Starts a group; what follows is inside it until {@link #endGroup}.
     *
     * @param id a word for it
     * @param label its text
     */
    public void group(String id, String label) {
        line("  subgraph " + id + "[" + quoted(label) + "]");
    }

    /** Ends the group. */
    public void endGroup() {
        line("  end");
    }

    /**
     * Adds a drum, the sign of something stored, to the group.
     *
     * @param id the word by which arrows name it
     * @param label its text
     */
    public void drum(String id, String label) {
        line("    " + id + "[(" + quoted(label) + ")]");
    }

    /**
     * Adds an arrow.
     *
     * @param from where it starts
     * @param to where it ends
     * @param label its text
     */
    public void arrow(String from, String to, String label) {
        line("  " + from + " -->|" + quoted(label) + "| " + to);
    }

    /**
     * Adds a dashed arrow.
     *
     * @param from where it starts
     * @param to where it ends
     * @param label its text
     */
    public void dashedArrow(String from, String to, String label) {
        line("  " + from + " -.->|" + quoted(label) + "| " + to);
    }

    private void line(String line) {
        text.append('\n').append(line);
    }

    /** Text in quotes: characters that Mermaid or the HTML behind it could interpret are written as codes. */
    private static String quoted(String label) {
        StringBuilder quoted = new StringBuilder("\"");
        label.codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c) || " /_-.,:[]()'".indexOf(c) >= 0) {
                quoted.appendCodePoint(c);
            } else {
                quoted.append('#').append(c).append(';');
            }
        });
        return quoted.append('"').toString();
    }

    /** Returns the chart, without a line end after the last line. */
    @Override
    public String toString() {
        return text.toString();
    }
}
