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
package io.cameldatabricks.component.volume;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A place in a Volume, such as {@code /Volumes/main/sales/landing/orders/a.csv}. Whatever text it is made from, it leads
 * nowhere else: not by {@code ..}, not by a backslash, an escape, a look-alike or a character that is not seen. Immutable.
 *
 * @param volume catalog, schema and name of the Volume
 * @param inside the names below it; none for the Volume itself
 */
public record VolumePath(List<String> volume, List<String> inside) {

    private static final String ROOT = "/Volumes/";
    private static final int NAMES = 3;
    private static final String FORM = "/Volumes/<catalog>/<schema>/<volume>/<path>";

    public VolumePath {
        volume = List.copyOf(volume);
        inside = List.copyOf(inside);
        if (volume.size() != NAMES) {
            throw new IllegalArgumentException("it is not of the form " + FORM);
        }
        volume.forEach(PathParts::check);
        inside.forEach(PathParts::check);
    }

    /**
     * @param text an absolute path; one slash at its end makes no difference
     * @throws IllegalArgumentException when it is no path of a Volume; the message goes on from "… is malformed: "
     */
    public static VolumePath parse(String text) {
        if (!text.startsWith(ROOT)) {
            throw new IllegalArgumentException("it does not begin with " + ROOT);
        }
        List<String> parts = PathParts.split(withoutSlash(text.substring(ROOT.length())));
        if (parts.size() < NAMES) {
            throw new IllegalArgumentException("it is not of the form " + FORM);
        }
        return new VolumePath(parts.subList(0, NAMES), parts.subList(NAMES, parts.size()));
    }

    /**
     * A place below this one that is named by someone who may not leave it.
     *
     * @param text a path from here, or an absolute path that leads through here; one slash at its end makes no difference
     * @throws IllegalArgumentException when it leads elsewhere
     */
    public VolumePath resolve(String text) {
        if (text.startsWith("/")) {
            VolumePath absolute = parse(text);
            if (!absolute.isBelow(this)) {
                throw new IllegalArgumentException("it leads out of " + this);
            }
            return absolute;
        }
        List<String> parts = PathParts.split(withoutSlash(text));
        if (parts.size() > 1 && parts.get(0).endsWith(":")) {
            throw new IllegalArgumentException("it begins with a scheme");
        }
        return resolve(parts);
    }

    private VolumePath resolve(List<String> parts) {
        List<String> longer = new ArrayList<>(inside);
        longer.addAll(parts);
        return new VolumePath(volume, longer);
    }

    /** @param name one name; @throws IllegalArgumentException when it is more than that */
    public VolumePath child(String name) {
        return resolve(List.of(name));
    }

    /** Names of the Volume count in any letter case, others as they are. */
    private boolean isBelow(VolumePath other) {
        for (int i = 0; i < NAMES; i++) {
            if (!volume.get(i).equalsIgnoreCase(other.volume.get(i))) {
                return false;
            }
        }
        return inside.size() >= other.inside.size()
                && inside.subList(0, other.inside.size()).equals(other.inside);
    }

    /** Whether it is the Volume itself, and no file or directory in it. */
    public boolean isVolume() {
        return inside.isEmpty();
    }

    /** The last name. */
    public String name() {
        return isVolume() ? volume.get(NAMES - 1) : inside.get(inside.size() - 1);
    }

    /** What is above it. @throws IllegalArgumentException for the Volume itself */
    public VolumePath parent() {
        if (isVolume()) {
            throw new IllegalArgumentException("Nothing is above " + this);
        }
        return new VolumePath(volume, inside.subList(0, inside.size() - 1));
    }

    private static String withoutSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /** As a part of an address: each byte that is not plain is escaped, so that no name can become anything else. */
    public String escaped() {
        StringBuilder text = new StringBuilder("/Volumes");
        parts().forEach(part -> escape(part, text.append('/')));
        return text.toString();
    }

    private static void escape(String part, StringBuilder text) {
        for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '-'
                    || c == '_'
                    || c == '~'
                    || c == '.';
            if (plain) {
                text.append(c);
            } else {
                text.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
    }

    private List<String> parts() {
        List<String> parts = new ArrayList<>(volume);
        parts.addAll(inside);
        return parts;
    }

    /** The path as SQL and people write it, without a slash at its end. */
    @Override
    public String toString() {
        return ROOT + String.join("/", parts());
    }
}
