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

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;

/** The same files for Hadoop's other file interface, through which Delta writes its checksums. */
public final class WarehouseFileContext extends DelegateToFileSystem {

    private static final int NO_PORT = -1;

    /** Hadoop calls this by reflection. */
    public WarehouseFileContext(URI uri, Configuration configuration) throws IOException, URISyntaxException {
        super(uri, new RawLocalFiles(), configuration, "file", false);
    }

    @Override
    public int getUriDefaultPort() {
        return NO_PORT;
    }

    @Override
    public boolean isValidName(String name) {
        return true;
    }
}
