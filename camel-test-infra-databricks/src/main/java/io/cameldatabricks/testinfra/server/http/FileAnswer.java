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
package io.cameldatabricks.testinfra.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.cameldatabricks.testinfra.server.volume.VolumeException;
import io.cameldatabricks.testinfra.server.volume.VolumeFiles;

/** Answers about one file as HTTP wants it: its measures as headers, its contents whole or as a range. */
final class FileAnswer {

    static final String BYTES = "application/octet-stream";

    private static final int BUFFER = 64 << 10;
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private FileAnswer() {}

    /** From the first byte to the last one, both included. */
    private record Range(long first, long last) {
        long length() {
            return last - first + 1;
        }
    }

    /** Turns trouble with a file into the answer of the Files API. */
    static ApiException error(VolumeException e) {
        String reason = e.reason().name();
        return switch (e.reason()) {
            case FILES_API_INVALID_PATH -> new ApiException(400, "INVALID_PARAMETER_VALUE", reason, e.getMessage());
            case FILES_API_DIRECTORY_IS_NOT_EMPTY -> new ApiException(400, "BAD_REQUEST", reason, e.getMessage());
            case FILES_API_ALREADY_EXISTS -> new ApiException(409, "ALREADY_EXISTS", reason, e.getMessage());
            case FILES_API_PERMISSION_DENIED -> new ApiException(403, "PERMISSION_DENIED", reason, e.getMessage());
            default -> new ApiException(404, "NOT_FOUND", reason, e.getMessage());
        };
    }

    /** The headers alone, of the whole file or of the range that is asked for. */
    static void head(ApiCall call, VolumeFiles.Metadata file) {
        Range range = begin(call, file);
        call.answerHeader("Content-Length", String.valueOf(range == null ? file.size() : range.length()));
        call.head(range == null ? 200 : 206, BYTES);
    }

    /** The contents. The channel is closed; it tells the size, because another file may have its name by now. */
    static void contents(ApiCall call, Instant lastModified, SeekableByteChannel contents) throws IOException {
        try (contents) {
            VolumeFiles.Metadata file = new VolumeFiles.Metadata(contents.size(), lastModified);
            Range range = begin(call, file);
            long first = range == null ? 0 : range.first();
            long length = range == null ? file.size() : range.length();
            contents.position(first);
            call.stream(range == null ? 200 : 206, length, BYTES, (out, count) -> copy(contents, out, count));
        }
    }

    private static void copy(SeekableByteChannel from, OutputStream to, long count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        long left = count;
        while (left > 0) {
            buffer.clear().limit((int) Math.min(BUFFER, left));
            int read = from.read(buffer);
            if (read < 0) {
                throw new IOException("A file became shorter while it was sent");
            }
            to.write(buffer.array(), 0, read);
            left -= read;
        }
    }

    /** Sets the headers that all answers have. @return the range that is asked for, or null for the whole file */
    private static Range begin(ApiCall call, VolumeFiles.Metadata file) {
        call.answerHeader("Last-Modified", HTTP_DATE.format(file.lastModified().atOffset(ZoneOffset.UTC)));
        call.answerHeader("Accept-Ranges", "bytes");
        refuseIfModified(call, file.lastModified());
        Range range = range(call, file.size());
        if (range != null) {
            call.answerHeader("Content-Range", "bytes " + range.first() + "-" + range.last() + "/" + file.size());
        }
        return range;
    }

    private static void refuseIfModified(ApiCall call, Instant lastModified) {
        String since = call.header("If-Unmodified-Since");
        if (since == null) {
            return;
        }
        try {
            Instant limit = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(since));
            if (lastModified.truncatedTo(ChronoUnit.SECONDS).isAfter(limit)) {
                throw new ApiException(
                        412, "FAILED_PRECONDITION", "The file has been modified since the given time: " + since + ".");
            }
        } catch (DateTimeParseException e) {
            // RFC 9110 wants a date that is none to be ignored
        }
    }

    private static Range range(ApiCall call, long size) {
        String header = call.header("Range");
        Matcher matcher = header == null ? null : RANGE.matcher(header.strip());
        if (matcher == null
                || !matcher.matches()
                || matcher.group(1).isEmpty() && matcher.group(2).isEmpty()) {
            // no range, several ranges or something else: the whole file, as RFC 9110 allows
            return null;
        }
        long first;
        long last = size - 1;
        if (matcher.group(1).isEmpty()) {
            first = Math.max(0, size - Long.parseLong(matcher.group(2)));
        } else {
            first = Long.parseLong(matcher.group(1));
            if (!matcher.group(2).isEmpty()) {
                long wanted = Long.parseLong(matcher.group(2));
                if (wanted < first) {
                    return null;
                }
                last = Math.min(last, wanted);
            }
        }
        if (first > last) {
            call.answerHeader("Content-Range", "bytes */" + size);
            throw new ApiException(416, "OUT_OF_RANGE", "The requested range is not satisfiable.");
        }
        return new Range(first, last);
    }
}
