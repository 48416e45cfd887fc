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
package io.cameldatabricks.testinfra.server.engine.spark.files;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;

import io.delta.storage.HadoopFileSystemLogStore;
import org.apache.hadoop.conf.Configuration;

/**
 * Writes Delta's commits to local files. A commit is made under another name and linked to its own, which fails when
 * another writer was faster. Delta's default for local files looks first and renames then: it starts two programs for
 * each commit and is safe only while all writers share one lock.
 */
public final class CommitStore extends HadoopFileSystemLogStore {

    public CommitStore(Configuration configuration) {
        super(configuration);
    }

    @Override
    public void write(
            org.apache.hadoop.fs.Path path, Iterator<String> actions, Boolean overwrite, Configuration configuration)
            throws IOException {
        Path target = Path.of(path.toUri().getPath());
        Path fresh = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".tmp");
        try {
            try (BufferedWriter writer = Files.newBufferedWriter(fresh, StandardCharsets.UTF_8)) {
                while (actions.hasNext()) {
                    writer.write(actions.next());
                    writer.write('\n');
                }
            }
            if (overwrite) {
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                link(target, fresh);
            }
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void link(Path target, Path fresh) throws IOException {
        try {
            Files.createLink(target, fresh);
        } catch (UnsupportedOperationException e) {
            throw new IOException("The data folder is on a file system without hard links", e);
        } catch (FileAlreadyExistsException e) {
            // the very class that Delta waits for, with the name it knows
            throw new FileAlreadyExistsException(target.toString());
        }
    }

    @Override
    public Boolean isPartialWriteVisible(org.apache.hadoop.fs.Path path, Configuration configuration) {
        return false;
    }
}
