/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.cameldatabricks.testinfra.server.volume;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.cameldatabricks.testinfra.server.volume.VolumeException.Reason;

/**
 * A place in a volume, as {@code /Volumes/catalog/schema/volume/directory/file} names it. Whatever text it is made from,
 * it never leads out of its volume: no part is empty, {@code .} or {@code ..}, and none has a separator or a control
 * character in it. Immutable.
 *
 * @param catalog in lower case, as the names of catalogs are kept
 * @param schema in lower case
 * @param volume in lower case
 * @param inside the parts below the volume; none for the volume itself
 */
public record VolumePath(String catalog, String schema, String volume, List<String> inside) {

    /** What such paths begin with. */
    public static final String ROOT = "/Volumes/";

    private static final String DBFS = "dbfs:";
    private static final int NAMES = 3;
    /** The longest name of a file that common file systems take. */
    private static final int PART_BYTES = 255;

    /** @throws IllegalArgumentException when the parts could lead out of the volume */
    public VolumePath {
        inside = List.copyOf(inside);
        for (String part : inside) {
            String wrong = wrong(part);
            if (wrong != null) {
                throw new IllegalArgumentException(wrong);
            }
        }
    }

    /** Whether a text means to be such a path, also as {@code dbfs:/Volumes/…}. */
    public static boolean isOne(String text) {
        return stripped(text).startsWith(ROOT);
    }

    /**
     * @param text a path as people write it; one slash at its end says that it is a directory
     * @throws VolumeException when it is no path of a volume
     */
    public static VolumePath parse(String text) throws VolumeException {
        String path = stripped(text);
        if (!path.startsWith(ROOT)) {
            throw invalid("The path must be absolute and begin with " + ROOT + ".");
        }
        List<String> parts =
                new ArrayList<>(List.of(path.substring(ROOT.length()).split("/", -1)));
        if (parts.size() > NAMES && parts.get(parts.size() - 1).isEmpty()) {
            parts.remove(parts.size() - 1);
        }
        for (String part : parts) {
            String wrong = wrong(part);
            if (wrong != null) {
                throw invalid(wrong);
            }
        }
        if (parts.size() < NAMES) {
            throw invalid("The path must name a catalog, a schema and a volume: /Volumes/<catalog>/<schema>/<volume>.");
        }
        return new VolumePath(
                name(parts.get(0)), name(parts.get(1)), name(parts.get(2)), parts.subList(NAMES, parts.size()));
    }

    private static String stripped(String text) {
        return text.startsWith(DBFS) ? text.substring(DBFS.length()) : text;
    }

    private static String name(String given) {
        return given.toLowerCase(Locale.ROOT);
    }

    /** @return what is wrong with a part of a path, or null */
    private static String wrong(String part) {
        if (part.isEmpty()) {
            return "The path has an empty part.";
        }
        if (part.equals(".") || part.equals("..")) {
            return "The path must not have a part '" + part + "'.";
        }
        if (part.chars().anyMatch(c -> c < ' ' || c == 0x7F || c == '/' || c == '\\' || c == 0xFFFD)) {
            return "The path has a character that the name of a file cannot have.";
        }
        try {
            int bytes = StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(java.nio.CharBuffer.wrap(part))
                    .remaining();
            return bytes > PART_BYTES ? "A part of the path has more than " + PART_BYTES + " bytes." : null;
        } catch (CharacterCodingException e) {
            return "The path has a character that the name of a file cannot have.";
        }
    }

    private static VolumeException invalid(String message) {
        return new VolumeException(Reason.FILES_API_INVALID_PATH, message);
    }

    /** Whether it is the volume itself. */
    public boolean isVolume() {
        return inside.isEmpty();
    }

    /** @param part one name; @throws IllegalArgumentException when it could lead elsewhere */
    public VolumePath child(String part) {
        List<String> longer = new ArrayList<>(inside);
        longer.add(part);
        return new VolumePath(catalog, schema, volume, longer);
    }

    /** The volume's name with all three parts. */
    public String volumeName() {
        return catalog + "." + schema + "." + volume;
    }

    /** The path, without a slash at its end. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("/Volumes/")
                .append(catalog)
                .append('/')
                .append(schema)
                .append('/')
                .append(volume);
        inside.forEach(part -> text.append('/').append(part));
        return text.toString();
    }
}
