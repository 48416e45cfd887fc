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
package io.cameldatabricks.component.ingest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;

/**
 * What makes two messages one and the same load: COPY INTO remembers the name of a file, and the name is made of this.
 *
 * @param text the key of the message, or null when what it holds is its key
 * @param lasting whether the message has the same key when it is sent again
 */
public record LoadKey(String text, boolean lasting) {

    private static final String PREFIX = "camel-";
    private static final byte END = 0;

    public LoadKey {
        if (text == null && !lasting) {
            throw new IllegalArgumentException("What a message holds does not change");
        }
    }

    /** A message that loads what no other message with the same contents loads. */
    public static LoadKey ofContents() {
        return new LoadKey(null, true);
    }

    /** A message that has a key of its own, whatever it holds. */
    public static LoadKey of(String key) {
        return new LoadKey(Objects.requireNonNull(key), true);
    }

    /** A message that is another one each time it is sent. */
    public static LoadKey ofOnce(String random) {
        return new LoadKey(Objects.requireNonNull(random), false);
    }

    boolean isOfContents() {
        return text == null;
    }

    /** A digest that knows the table, and awaits the contents if these are the key. */
    MessageDigest digest(TableName table) {
        MessageDigest digest = sha256();
        digest.update(table.toString().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        digest.update(END);
        digest.update((isOfContents() ? "contents" : "key").getBytes(StandardCharsets.UTF_8));
        digest.update(END);
        if (!isOfContents()) {
            digest.update(text.getBytes(StandardCharsets.UTF_8));
        }
        return digest;
    }

    /** The name of the file, which tells nothing of the key or the contents. */
    static String fileName(MessageDigest digest, String ending) {
        return PREFIX + HexFormat.of().formatHex(digest.digest()) + ending;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Without the key, which may be about a person. */
    @Override
    public String toString() {
        return "LoadKey[" + (isOfContents() ? "contents" : lasting ? "given" : "once") + "]";
    }
}
