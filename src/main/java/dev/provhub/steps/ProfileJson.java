package dev.provhub.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.provhub.profile.GivenProfile;
import dev.provhub.profile.Profile;
import dev.provhub.profile.ProfileDifference;
import dev.provhub.profile.ProfileNote;
import dev.provhub.profile.ProfileValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Profiles as JSON for operators: secrets are masked before anything is written. */
final class ProfileJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ProfileJson() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static ObjectNode profile(Profile shown) {
        Profile profile = shown.masked();
        ObjectNode json = object().put("revision", profile.revision());
        values(json.putArray("values"), profile.values());
        ArrayNode notes = json.putArray("notes");
        for (ProfileNote note : profile.notes()) {
            ObjectNode entry = notes.addObject().put("name", note.name());
            entry.put("layer", note.origin().layer()).put("place", note.origin().place());
            entry.put("because", note.because());
            hid(entry, note.hid());
        }
        return json;
    }

    static ObjectNode given(GivenProfile given) {
        ObjectNode json = summary(given);
        values(
                json.putArray("values"),
                given.values().stream().map(ProfileValue::masked).toList());
        return json;
    }

    static ObjectNode summary(GivenProfile given) {
        return object().put("revision", given.revision())
                .put("given", given.given().toString())
                .put("applied", given.applied() == null ? null : given.applied().toString());
    }

    static ArrayNode differences(List<ProfileDifference> differences) {
        ArrayNode array = JSON.createArrayNode();
        for (ProfileDifference difference : differences) {
            ObjectNode json = array.addObject().put("name", difference.name());
            side(json, "before", difference.before());
            side(json, "after", difference.after());
        }
        return array;
    }

    private static void side(ObjectNode json, String name, @Nullable ProfileValue value) {
        if (value == null) {
            json.putNull(name);
        } else {
            value(json.putObject(name), value.masked());
        }
    }

    private static void values(ArrayNode array, List<ProfileValue> masked) {
        for (ProfileValue value : masked) {
            ObjectNode json = array.addObject().put("name", value.name());
            value(json, value);
            hid(json, value.hid());
        }
    }

    private static void value(ObjectNode json, ProfileValue masked) {
        json.put("value", masked.text());
        json.put("layer", masked.origin().layer()).put("place", masked.origin().place());
        if (masked.userAccess() != null) {
            json.put("ua", masked.userAccess().name().toLowerCase(Locale.ROOT));
        }
        if (masked.secret()) {
            json.put("secret", true);
        }
    }

    private static void hid(ObjectNode json, List<ProfileValue> masked) {
        if (!masked.isEmpty()) {
            ArrayNode hid = json.putArray("hid");
            masked.forEach(value -> value(hid.addObject(), value));
        }
    }
}
