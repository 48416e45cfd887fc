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

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * The names between the slashes of a path that comes from elsewhere. A name is refused if it leads elsewhere by itself, or
 * if it would after what some program on the way may do to it: decoding percent signs, once or again and again, replacing
 * wide and compatible characters by plain ones, dropping characters that are not seen, or cutting off dots and blanks at
 * its ends. Stateless.
 */
final class PathParts {

    /** The longest name that common file systems take. */
    private static final int MAX_BYTES = 255;

    /** Each round of decoding makes a text shorter, so this is never reached by one that has an end. */
    private static final int MAX_ROUNDS = MAX_BYTES;

    private PathParts() {}

    /**
     * The names of a path.
     *
     * @param path names with one slash between them, none at either end
     * @throws IllegalArgumentException when one of them is refused; the message quotes none of them
     */
    static List<String> split(String path) {
        List<String> parts = new ArrayList<>(List.of(path.split("/", -1)));
        parts.forEach(PathParts::check);
        return List.copyOf(parts);
    }

    /** @throws IllegalArgumentException when the name is refused */
    static void check(String part) {
        if (part.isEmpty()) {
            throw new IllegalArgumentException("it has an empty part, as between two slashes");
        }
        if (bytes(part) > MAX_BYTES) {
            throw new IllegalArgumentException("a part of it has more than " + MAX_BYTES + " bytes");
        }
        String now = part;
        for (int i = 0; i < MAX_ROUNDS; i++) {
            checkOnce(now);
            String decoded = decoded(now);
            if (decoded.equals(now)) {
                return;
            }
            now = decoded;
        }
        throw new IllegalArgumentException("a part of it is escaped too many times");
    }

    private static void checkOnce(String part) {
        StringBuilder seen = new StringBuilder();
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || c == '\uFFFD') {
                throw new IllegalArgumentException("a part of it has a control character, or one that is none");
            }
            if (isOverride(c)) {
                throw new IllegalArgumentException("a part of it has a character that turns its text round");
            }
            if (Character.getType(c) != Character.FORMAT) {
                seen.append(c);
            }
        }
        String plain = Normalizer.normalize(seen, Normalizer.Form.NFKC);
        if (plain.chars().anyMatch(c -> c == '/' || c == '\\')) {
            throw new IllegalArgumentException("a part of it has a slash or a backslash in it, if not at first sight");
        }
        if (plain.chars().allMatch(c -> c == '.' || Character.isWhitespace(c) || Character.isSpaceChar(c))) {
            throw new IllegalArgumentException("a part of it is nothing but dots or blanks");
        }
    }

    private static boolean isOverride(char c) {
        return c >= '\u202A' && c <= '\u202E' || c >= '\u2066' && c <= '\u2069';
    }

    private static int bytes(String part) {
        try {
            return StandardCharsets.UTF_8
                    .newEncoder()
                    .encode(CharBuffer.wrap(part))
                    .remaining();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a part of it has half a character", e);
        }
    }

    /** As a program decodes it that takes a percent sign without digits for itself. */
    private static String decoded(String part) {
        StringBuilder text = new StringBuilder();
        int i = 0;
        while (i < part.length()) {
            int end = i;
            while (hex(part, end, 2) >= 0) {
                end += 3;
            }
            int wide = hex(part, i + 1, 4, 'u');
            if (end > i) {
                text.append(utf8(part, i, end));
                i = end;
            } else if (part.charAt(i) == '%' && wide >= 0) {
                text.append((char) wide);
                i += 6;
            } else {
                text.append(part.charAt(i++));
            }
        }
        return text.toString();
    }

    private static String utf8(String part, int from, int to) {
        ByteBuffer bytes = ByteBuffer.allocate((to - from) / 3);
        for (int i = from; i < to; i += 3) {
            bytes.put((byte) hex(part, i, 2));
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a part of it has escapes that are no UTF-8", e);
        }
    }

    /** The number behind a percent sign, or -1. */
    private static int hex(String part, int percent, int digits) {
        return hex(part, percent, digits, '%');
    }

    private static int hex(String part, int position, int digits, char sign) {
        int end = position + 1 + digits;
        if (end > part.length() || Character.toLowerCase(part.charAt(position)) != sign) {
            return -1;
        }
        int number = 0;
        for (int i = position + 1; i < end; i++) {
            char c = part.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            number = number * 16 + digit;
        }
        return number;
    }
}
