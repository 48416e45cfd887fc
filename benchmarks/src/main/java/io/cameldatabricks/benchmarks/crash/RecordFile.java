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
package io.cameldatabricks.benchmarks.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What one process has seen, line by line. A line is with the operating system when {@link #write} returns, so it
 * survives that the process is killed. Thread-safe.
 */
final class RecordFile implements AutoCloseable {

    private final FileChannel channel;
    private final String life;

    /** @param life name of the process, the same on each line */
    RecordFile(Path file, String life) {
        this.life = life;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Happening what, String job, Object... fields) {
        RecordLine line = RecordLine.now(life, what, job, fields);
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(line.text() + "\n");
        synchronized (this) {
            try {
                // one system call, so that a line is there as a whole or not at all
                channel.write(bytes);
            } catch (IOException e) {
                // a record with a hole proves nothing
                Runtime.getRuntime().halt(3);
            }
        }
    }

    /** The lines so far; one that is not complete yet is left out. */
    static List<RecordLine> read(Path file) {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            String text = Files.readString(file);
            List<RecordLine> lines = new ArrayList<>();
            text.substring(0, text.lastIndexOf('\n') + 1)
                    .lines()
                    .map(RecordLine::parse)
                    .forEach(lines::add);
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
