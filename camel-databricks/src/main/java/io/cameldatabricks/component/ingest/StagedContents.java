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

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

import io.cameldatabricks.component.volume.Contents;
import io.cameldatabricks.component.volume.VolumePath;

/**
 * What is uploaded, under the name that is made of it or of the key of its message. It can be uploaded as often as is needed,
 * and needs little memory whatever its size: what can be read only once is kept in a file of this machine meanwhile.
 *
 * @param file where it goes
 * @param contents can be read again and again
 * @param format of the file
 * @param rows that we wrote into it, or null when it was given
 * @param spool to be deleted in the end, or null
 */
record StagedContents(VolumePath file, Contents contents, FileFormat format, RowFile rows, Spool spool) {

    private static final int BUFFER = 64 << 10;

    /**
     * Writes rows into a file.
     *
     * @return null when there are none
     * @throws BadRowException when the message fails for a row
     */
    static StagedContents ofRows(RowSource source, RowFile rows, TableName table, LoadKey key, LoadSettings settings)
            throws IOException {
        FileFormat format = settings.format() == null ? FileFormat.JSON : settings.format();
        if (!format.isForRows()) {
            throw new IllegalArgumentException("The option fileFormat=" + format
                    + " does not go with rows: use JSON or CSV, or send the contents of such a file.");
        }
        MessageDigest digest = key.digest(table);
        Spool spool = new Spool();
        try {
            try (OutputStream out = hashing(spool, digest, key)) {
                rows.write(source.rows().get(), format, out);
            }
            if (rows.written() == 0) {
                spool.delete();
                return null;
            }
            return new StagedContents(place(settings, digest, format.ending()), spool, format, rows, spool);
        } catch (IOException | RuntimeException | Error e) {
            spool.delete();
            throw e;
        } finally {
            source.onEnd().run();
        }
    }

    /**
     * Makes ready a file that was given.
     *
     * @return null when it is empty
     * @throws IllegalArgumentException when nobody says what format it has
     */
    static StagedContents ofFile(LoadSource.File given, TableName table, LoadKey key, LoadSettings settings)
            throws IOException {
        String name = given.name() == null ? "" : given.name();
        FileFormat format = settings.format() != null
                ? settings.format()
                : FileFormat.ofName(name)
                        .orElseThrow(() -> new IllegalArgumentException("What is to be loaded has no name that tells"
                                + " its format: set the option fileFormat, or the header CamelFileName."));
        String ending = format.ending() + FileFormat.packing(name);
        MessageDigest digest = key.digest(table);
        Contents contents = given.contents();
        Spool spool = null;
        if (!contents.isRepeatable()) {
            spool = spooled(contents, digest, key);
            contents = spool;
        } else if (key.isOfContents()) {
            try (InputStream in = new DigestInputStream(contents.open(), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
        boolean empty = contents.length() == 0;
        String fileName = LoadKey.fileName(digest, ending);
        if (key.isOfContents() && spool == null) {
            contents = new Unchanged(contents, key, table, fileName, ending);
        }
        if (empty && spool != null) {
            spool.delete();
        }
        return empty ? null : new StagedContents(settings.staging().child(fileName), contents, format, null, spool);
    }

    private static Spool spooled(Contents contents, MessageDigest digest, LoadKey key) throws IOException {
        Spool spool = new Spool();
        try (InputStream in = contents.open();
                OutputStream out = hashing(spool, digest, key)) {
            in.transferTo(out);
        } catch (IOException | RuntimeException | Error e) {
            spool.delete();
            throw e;
        }
        return spool;
    }

    private static OutputStream hashing(Spool spool, MessageDigest digest, LoadKey key) {
        return key.isOfContents() ? new DigestOutputStream(spool, digest) : spool;
    }

    private static VolumePath place(LoadSettings settings, MessageDigest digest, String ending) {
        return settings.staging().child(LoadKey.fileName(digest, ending));
    }

    /** Removes what was kept on this machine. */
    void release() {
        if (spool != null) {
            spool.delete();
        }
    }

    /** Contents whose name is made of them, and which are read again to be sent: they have to be the same then. */
    private record Unchanged(Contents contents, LoadKey key, TableName table, String fileName, String ending)
            implements Contents {

        @Override
        public long length() {
            return contents.length();
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }

        @Override
        public InputStream open() throws IOException {
            MessageDigest digest = key.digest(table);
            return new FilterInputStream(new DigestInputStream(contents.open(), digest)) {
                private boolean checked;

                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    int read = super.read(target, offset, Math.min(length, BUFFER));
                    if (read < 0 && !checked) {
                        checked = true;
                        if (!LoadKey.fileName(digest, ending).equals(fileName)) {
                            throw new IOException("The contents have changed since they were read first");
                        }
                    }
                    return read;
                }
            };
        }
    }
}
