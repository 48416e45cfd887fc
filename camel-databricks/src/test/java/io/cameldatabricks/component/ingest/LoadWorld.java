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

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.sql.BoundSql;
import io.cameldatabricks.component.volume.Contents;
import io.cameldatabricks.component.volume.FileMetadata;
import io.cameldatabricks.component.volume.OpenFile;
import io.cameldatabricks.component.volume.VolumeClient;
import io.cameldatabricks.component.volume.VolumePage;
import io.cameldatabricks.component.volume.VolumePath;

/**
 * A Volume and a table that remembers the names of the files that it has loaded, as COPY INTO does it, with a network that
 * loses what it is told to lose. For one thread.
 */
final class LoadWorld implements VolumeClient, LoadStatements {

    private static final Pattern COPY = Pattern.compile("FROM '(/Volumes/[^']*)'");

    final Map<String, byte[]> files = new TreeMap<>();
    final List<String> statements = new ArrayList<>();
    private final Set<String> memory = new HashSet<>();
    private final List<String> delayed = new ArrayList<>();
    private final Random random;
    private final int trouble;
    int bytesLoaded;
    int uploads;

    /** @param trouble one call of so many goes wrong; 0 for none */
    LoadWorld(Random random, int trouble) {
        this.random = random;
        this.trouble = trouble;
    }

    private boolean isTrouble() {
        return trouble > 0 && random.nextInt(trouble) == 0;
    }

    /** Statements that had not reached the warehouse yet do so now. */
    void deliverDelayed() {
        List<String> arrived = List.copyOf(delayed);
        delayed.clear();
        for (String file : arrived) {
            try {
                copy(file);
            } catch (DatabricksException e) {
                // nobody waits for it
                continue;
            }
        }
    }

    boolean hasDelayed() {
        return !delayed.isEmpty();
    }

    private long copy(String file) {
        byte[] bytes = files.get(file);
        if (bytes == null) {
            throw new PermanentDatabricksException(
                    "No such path", new ErrorDetails("id", "FAILED", "42K03", "PATH_NOT_FOUND", null), null);
        }
        if (!memory.add(file)) {
            return 0;
        }
        bytesLoaded += bytes.length;
        return bytes.length;
    }

    @Override
    public Written write(BoundSql statement) {
        statements.add(statement.sql());
        Matcher matcher = COPY.matcher(statement.sql());
        if (!matcher.find()) {
            throw new AssertionError(statement.sql());
        }
        String file = matcher.group(1);
        if (!isTrouble()) {
            return new Written("id", copy(file), null);
        }
        switch (random.nextInt(4)) {
            case 0 ->
                throw new TransientDatabricksException(
                        "Conflict",
                        new ErrorDetails("id", "FAILED", null, "COPY_INTO_DUPLICATED_FILES_COPY_NOT_ALLOWED", null),
                        null);
            case 1 -> delayed.add(file);
            case 2 -> copy(file);
            default -> {
                // never arrives
            }
        }
        throw new SubmitOutcomeUnknownException("The connection broke", ErrorDetails.none(), null);
    }

    @Override
    public List<String> row(BoundSql query) {
        statements.add(query.sql());
        return List.of("int");
    }

    @Override
    public CompletionStage<Boolean> upload(VolumePath file, Contents contents, boolean overwrite) {
        uploads++;
        boolean lost = isTrouble();
        if (lost && random.nextBoolean()) {
            return failed();
        }
        boolean fresh = overwrite || !files.containsKey(file.toString());
        if (fresh) {
            try (InputStream in = contents.open()) {
                files.put(file.toString(), in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return lost ? failed() : CompletableFuture.completedFuture(fresh);
    }

    private static <T> CompletionStage<T> failed() {
        return CompletableFuture.failedFuture(
                new TransientDatabricksException("The connection broke", ErrorDetails.none(), null));
    }

    @Override
    public CompletionStage<Optional<FileMetadata>> metadata(VolumePath file) {
        byte[] bytes = files.get(file.toString());
        return isTrouble()
                ? failed()
                : CompletableFuture.completedFuture(
                        Optional.ofNullable(bytes).map(found -> new FileMetadata(found.length, null)));
    }

    @Override
    public CompletionStage<Boolean> delete(VolumePath file) {
        boolean lost = isTrouble();
        if (lost && random.nextBoolean()) {
            return failed();
        }
        boolean there = files.remove(file.toString()) != null;
        return lost ? failed() : CompletableFuture.completedFuture(there);
    }

    @Override
    public CompletionStage<OpenFile> open(VolumePath file, long from, String unmodifiedSince) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Boolean> deleteDirectory(VolumePath directory) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> createDirectory(VolumePath directory) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<VolumePage> list(VolumePath directory, String next) {
        throw new UnsupportedOperationException();
    }
}
