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
package io.cameldatabricks.component;

import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

import io.cameldatabricks.component.ingest.FileFormat;
import io.cameldatabricks.component.ingest.StagedFile;

/** How files of Volumes are used, and how they are loaded into tables. */
@UriParams
public class DatabricksVolumeOptions implements Cloneable {

    @UriParam(
            label = "producer",
            description =
                    "A place in a Volume, /Volumes/<catalog>/<schema>/<volume>/<path>. For LOAD, and for INSERT above loadThreshold, the directory that files are uploaded into; it has to stay the same, for the server knows by its name and that of the file what it has loaded. For UPLOAD, DOWNLOAD, DELETE and LIST the file or directory, below which the header CamelDatabricksVolumePath may name another, and no other than that.")
    private String volumePath;

    @UriParam(
            label = "producer",
            defaultValue = "1000",
            description =
                    "INSERT loads a message with more rows than this by way of a file, as LOAD does, if volumePath is given and onBadRow is FAIL; 0 for never.")
    private int loadThreshold = 1_000;

    @UriParam(
            label = "producer",
            description =
                    "The format of what LOAD loads. Without it the name of the file says so, such as orders.csv.gz; rows are written as JSON, and as CSV if it is CSV.")
    private FileFormat fileFormat;

    @UriParam(
            label = "producer",
            prefix = "formatOptions.",
            multiValue = true,
            description =
                    "How the server reads a file that LOAD is given, such as formatOptions.header=true; see FORMAT_OPTIONS of COPY INTO.")
    private Map<String, Object> formatOptions = new LinkedHashMap<>();

    @UriParam(
            label = "producer,advanced",
            prefix = "copyOptions.",
            multiValue = true,
            description =
                    "Options of COPY INTO, such as copyOptions.mergeSchema=true; see COPY_OPTIONS of COPY INTO. force is refused, since each delivery of a message would load its rows.")
    private Map<String, Object> copyOptions = new LinkedHashMap<>();

    @UriParam(
            label = "producer",
            description =
                    "What LOAD loads of a file that it is given, as the list of expressions of a SELECT, such as CAST(id AS BIGINT) AS id, upper(name) AS name. Without it, and without columns, all columns of the file.")
    private String loadSelect;

    @UriParam(
            label = "producer",
            defaultValue = "DELETE",
            description =
                    "What becomes of an uploaded file when its rows are in the table: DELETE, KEEP, or MOVE it to moveTo. In neither case are its rows loaded again.")
    private StagedFile stagedFile = StagedFile.DELETE;

    @UriParam(
            label = "producer",
            description =
                    "The directory of a Volume that stagedFile=MOVE puts files into. The Files API has no call for it, so that the file is uploaded once more.")
    private String moveTo;

    @UriParam(
            label = "producer",
            defaultValue = "true",
            description =
                    "Whether UPLOAD, and DOWNLOAD into localFolder, replace a file that is there already. A message that is sent again after a failure may find its own.")
    private boolean overwrite = true;

    @UriParam(
            label = "producer",
            description =
                    "The folder of this machine that DOWNLOAD puts files into. The body is then the file; without it, a stream that is read from the server.")
    private String localFolder;

    /** A copy that can be changed without changing this. */
    public DatabricksVolumeOptions copy() {
        try {
            DatabricksVolumeOptions copy = (DatabricksVolumeOptions) clone();
            copy.formatOptions = new LinkedHashMap<>(formatOptions);
            copy.copyOptions = new LinkedHashMap<>(copyOptions);
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public String getVolumePath() {
        return volumePath;
    }

    public void setVolumePath(String volumePath) {
        this.volumePath = volumePath;
    }

    public int getLoadThreshold() {
        return loadThreshold;
    }

    public void setLoadThreshold(int loadThreshold) {
        this.loadThreshold = loadThreshold;
    }

    public FileFormat getFileFormat() {
        return fileFormat;
    }

    public void setFileFormat(FileFormat fileFormat) {
        this.fileFormat = fileFormat;
    }

    public Map<String, Object> getFormatOptions() {
        return formatOptions;
    }

    public void setFormatOptions(Map<String, Object> formatOptions) {
        this.formatOptions = formatOptions == null ? new LinkedHashMap<>() : new LinkedHashMap<>(formatOptions);
    }

    public Map<String, Object> getCopyOptions() {
        return copyOptions;
    }

    public void setCopyOptions(Map<String, Object> copyOptions) {
        this.copyOptions = copyOptions == null ? new LinkedHashMap<>() : new LinkedHashMap<>(copyOptions);
    }

    public String getLoadSelect() {
        return loadSelect;
    }

    public void setLoadSelect(String loadSelect) {
        this.loadSelect = loadSelect;
    }

    public StagedFile getStagedFile() {
        return stagedFile;
    }

    public void setStagedFile(StagedFile stagedFile) {
        this.stagedFile = stagedFile;
    }

    public String getMoveTo() {
        return moveTo;
    }

    public void setMoveTo(String moveTo) {
        this.moveTo = moveTo;
    }

    public boolean isOverwrite() {
        return overwrite;
    }

    public void setOverwrite(boolean overwrite) {
        this.overwrite = overwrite;
    }

    public String getLocalFolder() {
        return localFolder;
    }

    public void setLocalFolder(String localFolder) {
        this.localFolder = localFolder;
    }
}
