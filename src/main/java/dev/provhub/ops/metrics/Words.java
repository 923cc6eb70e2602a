package dev.provhub.ops.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that a label may have; everything else is {@value #OTHER}. So no request makes a series of its own. */
final class Words {
    static final String OTHER = "other";

    private final List<String> all;
    private final Map<String, Integer> places = new HashMap<>();

    private Words(List<String> words) {
        List<String> labels = new ArrayList<>();
        for (String word : words) {
            places.put(word, labels.size());
            labels.add(word.replace(' ', '_'));
        }
        labels.add(OTHER);
        all = List.copyOf(labels);
    }

    /** @param words as the hub has them; a blank is written as an underscore */
    static Words of(String... words) {
        return new Words(List.of(words));
    }

    int size() {
        return all.size();
    }

    /** The place of a word, the last one for what is none of them. */
    int place(@Nullable String word) {
        return word == null ? all.size() - 1 : places.getOrDefault(word, all.size() - 1);
    }

    String label(int place) {
        return all.get(place);
    }
}
