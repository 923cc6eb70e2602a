package dev.provhub.emulator.profile;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes what a phone shows of itself: its dump page, its status page, its reports (section 8). Elements whose names hold a
 * slash are nested, as in the router block.
 */
public final class DumpWriter {
    private final StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private final Deque<String> open = new ArrayDeque<>();

    private DumpWriter() {}

    /**
     * Writes a document.
     *
     * @param root   name of its root element
     * @param info   elements of the Info part by group, in order
     * @param values parameters by name
     * @param marks  {@code ua} attributes by name
     */
    public static String write(
            String root, Map<String, Map<String, String>> info, Map<String, String> values, Map<String, String> marks) {
        DumpWriter writer = new DumpWriter();
        writer.out.append('<').append(root).append(">\n");
        info.forEach((group, elements) ->
                elements.forEach((name, value) -> writer.element(name, value, " group=\"" + group + "\"")));
        new TreeMap<>(values).forEach((name, value) -> writer.parameter(name, value, marks.getOrDefault(name, "")));
        writer.leave(0);
        return writer.out.append("</").append(root).append(">\n").toString();
    }

    private void parameter(String name, String value, String mark) {
        String[] path = name.split("/", -1);
        List<String> folders = List.of(path).subList(0, path.length - 1);
        leave(common(folders));
        for (String folder : folders.subList(open.size(), folders.size())) {
            out.append('<').append(folder).append(">\n");
            open.addLast(folder);
        }
        element(path[path.length - 1], value, mark.isEmpty() ? "" : " ua=\"" + mark + "\"");
    }

    private int common(List<String> folders) {
        int same = 0;
        for (Iterator<String> opened = open.iterator(); opened.hasNext() && same < folders.size(); same++) {
            if (!opened.next().equals(folders.get(same))) {
                break;
            }
        }
        return same;
    }

    private void leave(int depth) {
        while (open.size() > depth) {
            out.append("</").append(open.removeLast()).append(">\n");
        }
    }

    private void element(String name, String value, String attributes) {
        out.append('<').append(name).append(attributes).append('>');
        value.codePoints().forEach(this::character);
        out.append("</").append(name).append(">\n");
    }

    /** What XML has no form for, such as a bell, is left out. */
    private void character(int c) {
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            default -> {
                if (c >= 0x20 && c <= 0x7e) {
                    out.append((char) c);
                } else if (isOfXml(c)) {
                    out.append("&#").append(c).append(';');
                }
            }
        }
    }

    private static boolean isOfXml(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c < 0xd800)
                || (c > 0xdfff && c < 0xfffe)
                || c > 0xffff;
    }
}
