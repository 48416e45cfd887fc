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
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.cameldatabricks.component.error.DatabricksException;
import io.cameldatabricks.component.error.ErrorDetails;
import io.cameldatabricks.component.error.PermanentDatabricksException;
import io.cameldatabricks.component.error.RecoverableDatabricksException;
import io.cameldatabricks.component.error.SubmitOutcomeUnknownException;
import io.cameldatabricks.component.error.TransientDatabricksException;
import io.cameldatabricks.component.retry.Backoff;
import io.cameldatabricks.component.sql.BoundSql;
import io.cameldatabricks.component.volume.Contents;
import io.cameldatabricks.component.volume.VolumeClient;
import io.cameldatabricks.component.volume.VolumePath;

/**
 * Loads what one message brings, exactly once however often the message is sent: it is uploaded under a name that the message
 * has each time, and COPY INTO loads a file of one name once. That memory is part of the table, in the same transaction as
 * the rows; so COPY INTO is simply run again when its answer was lost, another node may do the same at the same time, and the
 * file may be deleted afterwards: one that is uploaded again under that name is not loaded again.
 *
 * <p>To be {@linkplain #stage staged}, then {@linkplain #advance advanced} until it is done or has failed, then
 * {@linkplain #settle settled} in either case. For one thread at a time.
 */
public final class LoadRun {

    private static final Logger LOG = LoggerFactory.getLogger(LoadRun.class);

    private static final Backoff AGAIN =
            new Backoff(Duration.ofMillis(200), Duration.ofSeconds(10), 2, 0.5, Duration.ZERO);

    /** Another node may delete the file again and again; but it has loaded it then, so that we soon see that. */
    private static final int MOST_STAGINGS = 5;

    private final TableName table;
    private final LoadSettings settings;
    private final LoadSource source;
    private final LoadKey key;
    private final VolumeClient volumes;
    private final LoadStatements statements;
    private final RandomGenerator random;
    private final BadRows bad;
    private StagedContents staged;
    private RowFile rowFile;
    private boolean prepared;
    private List<String> types;
    private int stagings;
    private int attempts;
    private long statementsRun;
    private StatementWriter.Written loaded;
    private String movedTo;

    /** What is to be done next. */
    public enum Next {
        /** All is done. */
        NOTHING,
        /** To be advanced again, after a pause. */
        ADVANCE,
        /** To be staged again, and then advanced. */
        STAGE
    }

    /**
     * @param pause before it, or zero
     */
    public record Step(Next next, Duration pause) {}

    /**
     * @param key what tells this load from others
     * @param random spreads pauses
     */
    public LoadRun(
            TableName table,
            LoadSettings settings,
            LoadSource source,
            LoadKey key,
            VolumeClient volumes,
            LoadStatements statements,
            RandomGenerator random) {
        this.table = Objects.requireNonNull(table);
        this.settings = Objects.requireNonNull(settings);
        this.source = Objects.requireNonNull(source);
        this.key = Objects.requireNonNull(key);
        this.volumes = Objects.requireNonNull(volumes);
        this.statements = Objects.requireNonNull(statements);
        this.random = Objects.requireNonNull(random);
        this.bad = new BadRows(settings.rows());
    }

    /**
     * Reads what the message brings, and uploads it.
     *
     * @param readers may be blocked while the message is read
     * @return fails with an {@link IllegalArgumentException} when the message cannot be loaded as it is
     */
    public CompletionStage<Void> stage(Executor readers) {
        CompletableFuture<Void> ready =
                prepared ? CompletableFuture.completedFuture(null) : CompletableFuture.runAsync(this::prepare, readers);
        return ready.thenCompose(nothing -> {
            if (staged == null) {
                return CompletableFuture.completedFuture(null);
            }
            stagings++;
            // contents that made the name cannot differ from those that are there; those of a key count as sent last
            return volumes.upload(staged.file(), staged.contents(), !key.isOfContents())
                    .thenAccept(fresh -> LOG.debug("{} {}", staged.file(), fresh ? "is uploaded" : "was there"));
        });
    }

    private void prepare() {
        try {
            if (source instanceof LoadSource.Rows rows) {
                rowFile = new RowFile(settings.rows(), bad);
                staged = StagedContents.ofRows(rows.rows(), rowFile, table, key, settings);
            } else if (source instanceof LoadSource.File given) {
                staged = StagedContents.ofFile(given, table, key, settings);
            }
            prepared = true;
        } catch (IOException e) {
            throw new UncheckedIOException("What is to be loaded could not be read: " + e.getMessage(), e);
        } catch (BadRowException e) {
            throw new IllegalArgumentException(e.getMessage(), e.getCause());
        }
    }

    /**
     * Runs statements until the rows are loaded, or until there is something else to do first. Blocks.
     *
     * @throws DatabricksException when they are not loaded: no row is, or the exception says that it is not known
     */
    public Step advance() {
        if (staged == null) {
            return new Step(Next.NOTHING, Duration.ZERO);
        }
        try {
            BoundSql copy = copy();
            statementsRun++;
            loaded = statements.write(copy);
            return new Step(Next.NOTHING, Duration.ZERO);
        } catch (DatabricksException e) {
            return after(e);
        }
    }

    private BoundSql copy() {
        boolean ofRows = staged.rows() != null;
        if (types == null && (ofRows || CopyText.needsTypes(staged.format(), settings))) {
            List<String> columns =
                    ofRows ? rowFile.columns() : settings.rows().columns().names();
            types = statements.row(CopyText.types(table, columns));
        }
        return ofRows
                ? CopyText.rows(table, rowFile, types, staged.file(), settings)
                : CopyText.file(table, types, staged.file(), staged.format(), settings);
    }

    private Step after(DatabricksException failure) {
        boolean passing =
                failure instanceof TransientDatabricksException || failure instanceof SubmitOutcomeUnknownException;
        if (passing && attempts < settings.rows().conflictRetries()) {
            attempts++;
            LOG.debug("COPY INTO {} is run again, attempt {}", table, attempts, failure);
            return new Step(
                    Next.ADVANCE,
                    AGAIN.delay(attempts, Optional.empty(), random).orElse(Duration.ZERO));
        }
        if (isRefused(failure) && missesFile(failure)) {
            if (stagings >= MOST_STAGINGS) {
                throw new TransientDatabricksException(
                        "The uploaded file was deleted each time before it was loaded",
                        ErrorDetails.of(failure),
                        failure);
            }
            LOG.debug("{} was gone, and is uploaded again", staged.file());
            return new Step(Next.STAGE, Duration.ZERO);
        }
        throw failure;
    }

    /**
     * What a failure of a step means for the message. To be asked once for each failure.
     *
     * @return the failure that says so
     */
    public Throwable meant(Throwable failure) {
        if (!(failure instanceof DatabricksException known)) {
            return failure;
        }
        boolean unknown = known instanceof SubmitOutcomeUnknownException;
        boolean invites = known instanceof TransientDatabricksException
                || known instanceof RecoverableDatabricksException
                || unknown && key.lasting();
        String text = place() + known.getMessage();
        if (invites && isReadOnce()) {
            return new PermanentDatabricksException(
                    text + "; what the message brings can be read only once, so that it would lack it when it is sent"
                            + " again",
                    ErrorDetails.of(known),
                    known);
        }
        if (unknown && key.lasting()) {
            return new TransientDatabricksException(
                    text + "; no row is loaded twice when the message is sent again", ErrorDetails.of(known), known);
        }
        return known.at(place());
    }

    private String place() {
        return staged == null ? "" : "Loading " + staged.file() + ": ";
    }

    private boolean isReadOnce() {
        return source instanceof LoadSource.Rows rows && !rows.rows().repeatable()
                || source instanceof LoadSource.File file && !file.contents().isRepeatable();
    }

    /** Whether there is nothing to load, once it was staged. */
    public boolean isDone() {
        return staged == null;
    }

    /** The server says that it has loaded nothing, and would say so again. */
    private static boolean isRefused(DatabricksException failure) {
        return failure instanceof PermanentDatabricksException && "FAILED".equals(failure.getState());
    }

    /**
     * Whether another node has deleted the file, which it has loaded then. The server has more than one word for a file that
     * is not there, or that goes while it is read.
     *
     * @throws DatabricksException when that cannot be found out
     */
    private boolean missesFile(DatabricksException failure) {
        if ("PATH_NOT_FOUND".equals(failure.getErrorCode())) {
            return true;
        }
        try {
            return volumes.metadata(staged.file()).toCompletableFuture().join().isEmpty();
        } catch (CompletionException e) {
            throw e.getCause() instanceof DatabricksException known ? known : failure;
        }
    }

    /**
     * Does what is to be done with the uploaded file, and forgets what is kept on this machine.
     *
     * @param failure what the load failed with, or null
     * @return never fails: rows that are loaded stay loaded
     */
    public CompletionStage<Void> settle(Throwable failure) {
        if (staged == null) {
            return CompletableFuture.completedFuture(null);
        }
        CompletionStage<Void> done = CompletableFuture.completedFuture(null);
        if (failure == null && settings.stagedFile() == StagedFile.MOVE) {
            done = move();
        } else if (settings.stagedFile() == StagedFile.DELETE
                && (failure == null || failure instanceof DatabricksException known && isRefused(known))) {
            done = volumes.delete(staged.file()).thenAccept(found -> {});
        }
        return done.handle((nothing, problem) -> {
            if (problem != null) {
                LOG.warn("{} was not cleared away", staged.file(), problem);
            }
            staged.release();
            return null;
        });
    }

    /** The API has no such call: the same bytes are sent to the other place. */
    private CompletionStage<Void> move() {
        VolumePath target = settings.moveTo().child(staged.file().name());
        Contents contents = staged.contents();
        return volumes.upload(target, contents, true)
                .thenCompose(sent -> volumes.delete(staged.file()))
                .thenAccept(found -> movedTo = target.toString());
    }

    /** What has become of it so far; also after a failure. */
    public LoadReport report() {
        long read = rowFile == null ? -1 : rowFile.read();
        long written = loaded == null ? 0 : loaded.rows();
        IngestReport rows = new IngestReport(
                read,
                written,
                loaded == null ? null : loaded.changes(),
                statementsRun,
                loaded == null ? null : loaded.statementId(),
                bad.rows());
        String file = staged == null ? null : movedTo == null ? staged.file().toString() : movedTo;
        return new LoadReport(rows, file, loaded != null && written == 0);
    }

    /** What the message fails with when it is not gone on with, since the component stops. */
    public DatabricksException stopped() {
        return new TransientDatabricksException(
                "The component was stopped before the rows were loaded; none is loaded twice when the message is sent"
                        + " again",
                ErrorDetails.none(),
                null);
    }
}
