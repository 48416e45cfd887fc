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
package io.cameldatabricks.springboot;

import java.time.Duration;
import java.util.Map;

import javax.sql.DataSource;

import org.apache.camel.spi.StateRepository;
import org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon;
import org.springframework.boot.context.properties.ConfigurationProperties;

import io.cameldatabricks.component.AsyncTransport;
import io.cameldatabricks.component.DatabricksIngestOptions;
import io.cameldatabricks.component.DatabricksObserveOptions;
import io.cameldatabricks.component.DatabricksOperation;
import io.cameldatabricks.component.DatabricksPoolOptions;
import io.cameldatabricks.component.DatabricksQueryConsumerOptions;
import io.cameldatabricks.component.DatabricksResultOptions;
import io.cameldatabricks.component.DatabricksSecurityOptions;
import io.cameldatabricks.component.DatabricksStatementOptions;
import io.cameldatabricks.component.DatabricksVolumeOptions;
import io.cameldatabricks.component.DatabricksWatchOptions;
import io.cameldatabricks.component.DatabricksWorkspaceOptions;
import io.cameldatabricks.component.auth.TokenSource;
import io.cameldatabricks.component.deliver.OnStop;
import io.cameldatabricks.component.execute.OnTimeout;
import io.cameldatabricks.component.execute.OutputType;
import io.cameldatabricks.component.ingest.FileFormat;
import io.cameldatabricks.component.ingest.OnBadRow;
import io.cameldatabricks.component.ingest.OnDuplicateKey;
import io.cameldatabricks.component.ingest.StagedFile;
import io.cameldatabricks.component.repository.StatementHandleRepository;
import io.cameldatabricks.component.repository.StatementIdCipher;
import io.cameldatabricks.component.track.SubmitGuarantee;
import io.cameldatabricks.component.watch.BulkStatus;

/**
 * The options of the component. None has a default here: what is not set keeps the default of the component.
 *
 * <p>Generated from the component's metadata by StarterSourcesTest.
 */
@ConfigurationProperties(prefix = "camel.component.databricks")
public class DatabricksComponentConfiguration extends ComponentConfigurationPropertiesCommon {

    /**
     * How statements are submitted, watched and cancelled that nobody waits for: REST over the Statement
     * Execution API; JDBC over the driver; AUTO is REST for a SQL warehouse and JDBC for a cluster or a
     * DataSource.
     */
    private AsyncTransport asyncTransport;

    /**
     * After as many bytes of values the result is cut, see failOnTruncated; 0 for no limit. What SUBMIT sends
     * is limited by the server, which counts in its own way, what is read over JDBC by the component.
     */
    private Long byteLimit;

    /**
     * The catalog of names that have none.
     */
    private String catalog;

    /**
     * The id of an all-purpose cluster to run the statements, in place of a warehouse. On AWS the environment
     * variable DATABRICKS_WORKSPACE_ID has to give the number of the workspace, or use httpPath.
     */
    private String clusterId;

    /**
     * The file with the profiles.
     */
    private String configFile;

    /**
     * With durable=true: the directory of the H2 file that keeps the handles, for one process at a time; made
     * if missing. A DataSource in the registry is then not looked for. Without it the directory
     * databricks-handles in the working directory of the process is used.
     */
    private String dataDir;

    /**
     * Whether handles survive the end of the process. If true and no StatementHandleRepository is given, they
     * are kept in the database of the only PostgreSQL or H2 DataSource in the registry, else in an H2 file in
     * dataDir, which needs com.h2database:h2. If false and no repository is given, they are kept in memory:
     * they end with the process, while their statements run on.
     */
    private Boolean durable;

    /**
     * Whether a result that was cut is an error, ResultTruncatedException: by the server, for it is larger
     * than the server gives, or by byteLimit. Else the rows up to there are handed over, with the header
     * CamelDatabricksTruncated. A result that rowLimit cut is never an error.
     */
    private Boolean failOnTruncated;

    /**
     * The host of the workspace, with or without https:// and port, such as
     * adb-1234567890123456.7.azuredatabricks.net. With http:// the connection is not encrypted, which only a
     * local warehouse accepts.
     */
    private String host;

    /**
     * The HTTP path of the SQL warehouse or cluster, as its connection details show it. Give this or
     * warehouseId.
     */
    private String httpPath;

    /**
     * Whether the rows are not read at all, and the body stays as it was.
     */
    private Boolean noop;

    /**
     * A class to make an object of for each row: a record, or a bean with setters. A column order_id belongs
     * to the property orderId. Goes with LIST, SELECT_LIST, SELECT_ONE and STREAM_LIST.
     */
    private String outputClass;

    /**
     * A header to put the rows into; the body then stays as it was. Without it they become the body.
     */
    private String outputHeader;

    /**
     * How the rows are handed over: SELECT_LIST as a list of maps; SELECT_ONE as one map or null, where more
     * than one row is an error; STREAM_LIST as an iterator of maps that reads from the server as the route
     * goes on, and holds a connection until then; LIST as a list of objects of outputClass; CSV and
     * JSON_LINES as a stream of text, which holds a connection in the same way.
     */
    private OutputType outputType;

    /**
     * The profile of .databrickscfg that says what the other options do not say. Where an option differs from
     * the profile in host or credentials, it is an error.
     */
    private String profile;

    /**
     * The SQL text, or where it is: classpath:sql/report.sql or file:/etc/report.sql. Parameters are written
     * as :name or as question marks. Several statements, with semicolons between them, run one after the
     * other in one session; the result is that of the last. Text with &amp; or # has to be in RAW(). A
     * consumer that has a query polls it.
     */
    private String query;

    /**
     * With STREAM_LIST, how many rows to hand out at a time, as a list; 0 for single rows. Large results go
     * through a route several times faster in groups.
     */
    private Integer rowGroupSize;

    /**
     * The server stops after as many rows; 0 for all rows.
     */
    private Integer rowLimit;

    /**
     * The schema of names that have none.
     */
    private String schema;

    /**
     * How long to wait for a warehouse or cluster that has to start first. That time does not count for
     * queryTimeout nor for connectionTimeout. A start that takes longer fails the message with
     * TransientDatabricksException. With a dataSource it is not known whether the warehouse starts.
     */
    private Duration startTimeout;

    /**
     * The id of the SQL warehouse. Give this or httpPath.
     */
    private String warehouseId;

    /**
     * Whether a poll ends with the first exchange that fails, or whose onConsume fails, and leaves its other
     * rows to the next poll. With incrementingColumn and changeFeed it always does, since no row may be
     * skipped.
     */
    private Boolean breakBatchOnConsumeFail;

    /**
     * Allows for bridging the consumer to the Camel routing Error Handler, which mean any exceptions (if
     * possible) occurred while the Camel consumer is trying to pickup incoming messages, or the likes, will
     * now be processed as a message and handled by the routing Error Handler. Important: This is only
     * possible if the 3rd party component allows Camel to be alerted if an exception was thrown. Some
     * components handle this internally only, and therefore bridgeErrorHandler is not possible. In other
     * situations we may improve the Camel component to hook into the 3rd party component and make this
     * possible for future releases. By default the consumer will use the
     * org.apache.camel.spi.ExceptionHandler to deal with exceptions, that will be logged at WARN or ERROR
     * level and ignored.
     */
    private Boolean bridgeErrorHandler;

    /**
     * A table whose change data feed is polled in place of a query: each row is a change, with _change_type,
     * _commit_version and _commit_timestamp. The commit version is the position. The table needs
     * delta.enableChangeDataFeed.
     */
    private String changeFeed;

    /**
     * Whether a statement that failed, was cancelled or was lost, and a result that expired, arrive as
     * exchanges with the exception, for the error handler of the route. If false, they are logged at WARN and
     * confirmed.
     */
    private Boolean deliverFailures;

    /**
     * The column of the query whose values only ever grow, such as a number or a time of change. Each poll
     * asks for the rows after the last one that was processed, in the order of this column. It has to be a
     * whole number, DECIMAL, STRING, DATE or TIMESTAMP; rows in which it is NULL never come.
     */
    private String incrementingColumn;

    /**
     * Where to begin when there is no position yet: the rows after this value of the incrementingColumn, or
     * the changes after this version of the changeFeed. Without it all rows come, and the changes from
     * version 0 on.
     */
    private String initialPosition;

    /**
     * How often a result is delivered at most. When the last exchange fails too, the handle is kept as DEAD
     * with the reason.
     */
    private Integer maxDeliveries;

    /**
     * How many results are delivered at the same time at most. Further ones wait in the repository, not in
     * memory.
     */
    private Integer maxInFlight;

    /**
     * How many rows a poll asks for at most; 0 for all. It becomes a LIMIT in the query. With
     * incrementingColumn or changeFeed there can be more, since rows with the same value come together.
     */
    private Integer maxMessagesPerPoll;

    /**
     * A statement to run after each row that was processed, such as UPDATE t SET done = TRUE WHERE id = :id,
     * with the row's values as parameters. With outputType=SELECT_ONE only.
     */
    private String onConsume;

    /**
     * A statement to run after all rows of a poll have been processed; not after a poll without rows.
     */
    private String onConsumeBatchComplete;

    /**
     * A statement to run after each row whose exchange failed, with the row's values as parameters. With
     * outputType=SELECT_ONE only.
     */
    private String onConsumeFailed;

    /**
     * What becomes of running statements when the consumer is stopped: DETACH lets them run on, and what ends
     * meanwhile is delivered after the next start; CANCEL cancels those that this node watches; WAIT delivers
     * them first, as long as the shutdown time-out allows.
     */
    private OnStop onStop;

    /**
     * The name of the position in the positionRepository; by default the name of the endpoint with that of
     * the column or the table. No two consumers can have the same.
     */
    private String positionKey;

    /**
     * Where the position of incrementingColumn or changeFeed is kept: a bean of type StateRepository, such as
     * FileStateRepository. Without it the position is kept in memory, and the consumer begins anew when the
     * process does.
     */
    private StateRepository<String, String> positionRepository;

    /**
     * How long to wait before a result is delivered again after its exchange failed; doubled each time, up to
     * 5 minutes.
     */
    private Duration redeliveryDelay;

    /**
     * Whether EXECUTE waits without a thread and without a connection: the exchange is suspended until the
     * statement ends, so that any number of long statements can run at the same time.
     */
    private Boolean async;

    /**
     * Whether the tags camel_route and camel_exchange say which exchange of which route ran the statement.
     * With EXECUTE, tags that differ from those of the statement before on the same connection cost one
     * request more.
     */
    private Boolean autoTags;

    /**
     * Whether the body, or the header CamelDatabricksParameters, is a list of parameter sets, for each of
     * which the statement runs once: a Map for :name markers, a List for question marks. All sets are read
     * before the first runs. For many rows INSERT and LOAD are faster.
     */
    private Boolean batch;

    /**
     * How many rows a statement of INSERT or MERGE has at most. The service's limits, 255 values and 16 MiB,
     * come on top, so that a statement with rows of 5 columns has 51 at most.
     */
    private Integer batchSize;

    /**
     * Headers of the message that come back with the result of SUBMIT: names with commas between them, with
     * an asterisk at the end for all that begin so. Text, numbers, booleans and instants can be carried;
     * headers of Camel never are.
     */
    private String carryHeaders;

    /**
     * The columns that INSERT, MERGE and LOAD write, with commas between them; what else a Map, bean or file
     * has is left out. Without it the first row says which columns there are, and a row that has others is a
     * bad row; of a file all columns are loaded.
     */
    private String columns;

    /**
     * A column of the rows, and not of the table, with a Boolean that says whether MERGE deletes the row of
     * the table. A row that deletes needs no other columns than mergeKeys.
     */
    private String deleteColumn;

    /**
     * The format of what LOAD loads. Without it the name of the file says so, such as orders.csv.gz; rows are
     * written as JSON, and as CSV if it is CSV.
     */
    private FileFormat fileFormat;

    /**
     * How the server reads a file that LOAD is given, such as formatOptions.header=true; see FORMAT_OPTIONS
     * of COPY INTO. This is a multi-value option with prefix: formatOptions.
     */
    private Map<String, Object> formatOptions;

    /**
     * Whether the producer should be started lazy (on the first message). By starting lazy you can use this
     * to allow CamelContext and routes to startup in situations where a producer may otherwise fail during
     * starting and cause the route to fail being started. By deferring this startup to be lazy then the
     * startup failure can be handled during routing messages via Camel's routing error handlers. Beware that
     * when the first message is processed then creating and starting the producer may take a little time and
     * prolong the total processing time of the processing.
     */
    private Boolean lazyStartProducer;

    /**
     * What LOAD loads of a file that it is given, as the list of expressions of a SELECT, such as CAST(id AS
     * BIGINT) AS id, upper(name) AS name. Without it, and without columns, all columns of the file.
     */
    private String loadSelect;

    /**
     * INSERT loads a message with more rows than this by way of a file, as LOAD does, if volumePath is given
     * and onBadRow is FAIL; 0 for never.
     */
    private Integer loadThreshold;

    /**
     * The folder of this machine that DOWNLOAD puts files into. The body is then the file; without it, a
     * stream that is read from the server.
     */
    private String localFolder;

    /**
     * How many bad rows of a message may be left out; one more makes the message fail.
     */
    private Integer maxBadRows;

    /**
     * The columns by which MERGE finds the row of the table that a row belongs to, with commas between them.
     */
    private String mergeKeys;

    /**
     * The directory of a Volume that stagedFile=MOVE puts files into. The Files API has no call for it, so
     * that the file is uploaded once more.
     */
    private String moveTo;

    /**
     * What becomes of a row that cannot be written, since it lacks a column, a value cannot be bound, or the
     * server refuses its values: FAIL fails the message; SKIP leaves the row out and reports it in the header
     * CamelDatabricksBadRows; DEAD_LETTER puts the row itself there too. A statement that the server refuses
     * is cut in two again and again until the bad rows are found, which takes about 2 x log2(rows) more
     * statements for each.
     */
    private OnBadRow onBadRow;

    /**
     * What becomes of a row of MERGE whose mergeKeys another row has: FAIL makes it a bad row, see onBadRow;
     * with LAST_WINS the later one counts, or the younger one with versionColumn. Of rows that can be read
     * only once, as from an iterator, those of one statement are compared.
     */
    private OnDuplicateKey onDuplicateKey;

    /**
     * What becomes of a statement of EXECUTE when queryTimeout or startTimeout is over, or when the route is
     * stopped by force while it runs. CANCEL cancels it on the server and waits until its end is seen. DETACH
     * lets it run on: the message fails with StatementDetachedException and the header CamelDatabricksHandle
     * says where its result will be; not over Thrift, unless async=true.
     */
    private OnTimeout onTimeout;

    /**
     * What to do with a message.
     */
    private DatabricksOperation operation;

    /**
     * Whether UPLOAD, and DOWNLOAD into localFolder, replace a file that is there already. A message that is
     * sent again after a failure may find its own.
     */
    private Boolean overwrite;

    /**
     * Tags of the statement in the query history, such as team=blue,cost=42; a key alone is a tag too. The
     * service copies them as plain text, so they must hold no data.
     */
    private String queryTags;

    /**
     * After this time the statement is ended as onTimeout says and the message fails with
     * PermanentDatabricksException; 0 for no limit. An endpoint with a limit has a pool of its own kind,
     * whose statements can be cancelled from their first moment and take one more request each.
     */
    private Duration queryTimeout;

    /**
     * How long RESULT and CANCEL wait for the end of a statement that still runs, without holding a thread; 0
     * not at all.
     */
    private Duration resultTimeout;

    /**
     * How long the server may hold back its answer to SUBMIT, or to EXECUTE with async=true, for the
     * statement to end: 0, or 5s to 50s. It saves requests for short statements; until the answer comes the
     * id of the statement is not known.
     */
    private Duration serverWait;

    /**
     * What becomes of an uploaded file when its rows are in the table: DELETE, KEEP, or MOVE it to moveTo. In
     * neither case are its rows loaded again.
     */
    private StagedFile stagedFile;

    /**
     * What SUBMIT does when no answer comes, so that the statement may or may not run. By default RECONCILE
     * for a statement that certainly only reads, and AT_MOST_ONCE for any other. AT_MOST_ONCE fails with
     * SubmitOutcomeUnknownException at once, and still delivers the result if the statement is found later.
     * RECONCILE waits until it is found by its tag in the query history, or should have been. AT_LEAST_ONCE
     * submits it again, for statements that may run twice without harm.
     */
    private SubmitGuarantee submitGuarantee;

    /**
     * The table that INSERT, MERGE and LOAD write into: table, schema.table or catalog.schema.table. A part
     * with other characters than letters, digits, _, - and $ has to be in backticks.
     */
    private String table;

    /**
     * The columns that MERGE changes in rows that are there already, with commas between them. Without it all
     * but mergeKeys. Rows that are not there yet are inserted with all columns.
     */
    private String updateColumns;

    /**
     * A column of the rows and of the table whose value grows with each change of a row, such as a number or
     * a time of change. MERGE changes or deletes a row of the table only if the value of the message's row is
     * greater, so that rows that come twice, late or in another order change nothing.
     */
    private String versionColumn;

    /**
     * A place in a Volume, /Volumes////. For LOAD, and for INSERT above loadThreshold, the directory that
     * files are uploaded into; it has to stay the same, for the server knows by its name and that of the file
     * what it has loaded. For UPLOAD, DOWNLOAD, DELETE and LIST the file or directory, below which the header
     * CamelDatabricksVolumePath may name another, and no other than that.
     */
    private String volumePath;

    /**
     * How often a statement of INSERT or MERGE is sent again that changed nothing, since another writer
     * changed the same data, and COPY INTO of LOAD also when its answer was lost; with growing pauses, in
     * which no thread and no connection is held.
     */
    private Integer conflictRetries;

    /**
     * Options of COPY INTO, such as copyOptions.mergeSchema=true; see COPY_OPTIONS of COPY INTO. force is
     * refused, since each delivery of a message would load its rows. This is a multi-value option with
     * prefix: copyOptions.
     */
    private Map<String, Object> copyOptions;

    /**
     * Whether the trace of a message goes with its statement: its header traceparent (W3C Trace Context)
     * becomes the query tag traceparent, which the query history shows, and comes back with the result of a
     * submitted statement.
     */
    private Boolean passTraceparent;

    /**
     * Whether messages that write into a table of the same name wait for each other, over all endpoints of
     * the component, so that they never conflict. Waiting holds no thread.
     */
    private Boolean serialWrites;

    /**
     * Whether autowiring is enabled. This is used for automatic autowiring options (the option must be marked
     * as autowired) by looking up in the registry to find if there is a single instance of matching type,
     * which then gets configured on the component. This can be used for automatic configuring JDBC data
     * sources, JMS connection factories, AWS Clients, etc.
     */
    private Boolean autowiredEnabled;

    /**
     * Whether many running statements are asked for at once, through the query history: AUTO when there are
     * 50 or more in the workspace, ALWAYS, or NEVER.
     */
    private BulkStatus bulkStatus;

    /**
     * How long to wait for a connection; while the warehouse starts, the wait goes on up to startTimeout. An
     * error that time cannot mend, such as a wrong token, is reported at once.
     */
    private Duration connectionTimeout;

    /**
     * A data source to take connections from, used as it is; options of the workspace are then not allowed.
     * It should know at least maxPoolSize connections. Set on the component, or being the only bean of this
     * type in the registry, it serves the endpoints whose options say neither where to connect nor who
     * connects.
     */
    private DataSource dataSource;

    /**
     * How long dead handles are kept, so that somebody can look. The longest time among the endpoints of a
     * repository counts.
     */
    private Duration deadRetention;

    /**
     * Further properties of the Databricks JDBC driver, such as driverProperties.SSLTrustStore=/etc/ca.jks.
     * Properties for which there is an option are refused. This is a multi-value option with prefix:
     * driverProperties.
     */
    private Map<String, Object> driverProperties;

    /**
     * Where the handles of submitted statements are kept: a bean of type StatementHandleRepository. SUBMIT
     * and the consumer of a name need the same. Without it the only bean of this type in the registry is
     * used, else what durable says.
     */
    private StatementHandleRepository handleRepository;

    /**
     * HTTP headers to add to every request, such as httpHeaders.X-Team=blue. This is a multi-value option
     * with prefix: httpHeaders.
     */
    private Map<String, Object> httpHeaders;

    /**
     * How long an unused connection stays open.
     */
    private Duration idleTimeout;

    /**
     * How rows of messages are written: defaults for all endpoints.
     */
    private DatabricksIngestOptions ingest;

    /**
     * After this time without a sign of life another node takes the handles of this one over; at least 3s.
     * One write each third of it, whatever the number of handles.
     */
    private Duration lease;

    /**
     * How long a connection stays open at most.
     */
    private Duration maxLifetime;

    /**
     * A running statement is looked at again after this time at the latest; at most 14m, since the server
     * drops statements that nobody asks for.
     */
    private Duration maxPollInterval;

    /**
     * How many connections to open at most, which is also how many statements of the endpoint run at the same
     * time. A warehouse runs about 10 statements per cluster at the same time and queues the others.
     */
    private Integer maxPoolSize;

    /**
     * How many messages may wait for a free connection. One more fails at once with
     * TransientDatabricksException.
     */
    private Integer maxQueueSize;

    /**
     * How many connections to keep open while nothing runs. Open sessions may keep a warehouse awake.
     */
    private Integer minIdle;

    /**
     * A running statement is looked at again after this time at the earliest.
     */
    private Duration minPollInterval;

    /**
     * What is seen of statements from outside: defaults for all endpoints.
     */
    private DatabricksObserveOptions observe;

    /**
     * A running statement is looked at again after this share of its age, but not later than after the square
     * root of its age in seconds.
     */
    private Double pollRatio;

    /**
     * The connections: defaults for all endpoints.
     */
    private DatabricksPoolOptions pool;

    /**
     * How consumers poll queries: defaults for all endpoints.
     */
    private DatabricksQueryConsumerOptions queryConsumer;

    /**
     * The result: defaults for all endpoints.
     */
    private DatabricksResultOptions result;

    /**
     * How long delivered handles are kept, so that a late duplicate is recognised. The longest time among the
     * endpoints of a repository counts.
     */
    private Duration retention;

    /**
     * Who connects: defaults for all endpoints.
     */
    private DatabricksSecurityOptions security;

    /**
     * Session parameters of the server, such as sessionConfiguration.TIMEZONE=UTC. Allowed are ANSI_MODE,
     * ENABLE_PHOTON, LEGACY_TIME_PARSER_POLICY, MAX_FILE_PARTITION_BYTES, QUERY_TAGS,
     * READ_ONLY_EXTERNAL_METASTORE, STATEMENT_TIMEOUT, TIMEZONE and USE_CACHED_RESULT. This is a multi-value
     * option with prefix: sessionConfiguration.
     */
    private Map<String, Object> sessionConfiguration;

    /**
     * How long after its intent a statement, to whose submit no answer came, is looked for in the query
     * history before it is reported as lost. The longest submit and the delay of the history have to fit in.
     */
    private Duration settleTime;

    /**
     * The statement: defaults for all endpoints.
     */
    private DatabricksStatementOptions statement;

    /**
     * How files of Volumes are used: defaults for all endpoints.
     */
    private DatabricksVolumeOptions volume;

    /**
     * How submitted statements are kept, watched and delivered: defaults for all endpoints.
     */
    private DatabricksWatchOptions watch;

    /**
     * Which workspace and warehouse, and who connects: defaults for all endpoints.
     */
    private DatabricksWorkspaceOptions workspace;

    /**
     * Used for enabling or disabling all consumer based health checks from this component
     */
    private Boolean healthCheckConsumerEnabled;

    /**
     * Used for enabling or disabling all producer based health checks from this component. Notice: Camel has
     * by default disabled all producer based health-checks. You can turn on producer checks globally by
     * setting camel.health.producersEnabled=true.
     */
    private Boolean healthCheckProducerEnabled;

    /**
     * How long a statement that has ended may wait for its delivery before the health check of the backlog is
     * down; 0 for no check. Rows are gone an hour after the end of their statement.
     */
    private Duration maxBacklogAge;

    /**
     * A personal access token.
     */
    private String accessToken;

    /**
     * Whether the header CamelDatabricksOperation may give the operation.
     */
    private Boolean allowDynamicOperation;

    /**
     * Whether the header CamelDatabricksQuery may give the SQL text, or, where there is neither query nor
     * that header, the body. Who can set them can then run any statement.
     */
    private Boolean allowDynamicQuery;

    /**
     * Whether the header CamelDatabricksTable may give the table. Who can set it can then write into any
     * table that the endpoint's user may write into.
     */
    private Boolean allowDynamicTable;

    /**
     * The way to log in where several are possible, in the words of databricks-sdk-java: pat, oauth-m2m,
     * env-oidc, file-oidc, github-oidc, azure-devops-oidc, github-oidc-azure, azure-msi, azure-client-secret,
     * azure-cli, external-browser, databricks-cli, runtime, google-credentials, google-id.
     */
    private String authType;

    /**
     * The client id of a service principal of Microsoft Entra ID, or of a managed identity.
     */
    private String azureClientId;

    /**
     * The secret of a service principal of Microsoft Entra ID.
     */
    private String azureClientSecret;

    /**
     * The tenant of a service principal of Microsoft Entra ID.
     */
    private String azureTenantId;

    /**
     * The client id (application id) of a Databricks service principal, for OAuth.
     */
    private String clientId;

    /**
     * The OAuth secret of the service principal.
     */
    private String clientSecret;

    /**
     * Host, path, token, catalog and schema in one string, as databricks://token:...hosthttp_path=... or as
     * jdbc:databricks://host:443;httpPath=...;PWD=.... What it says must not be said by another option too.
     */
    private String connectionUrl;

    /**
     * The e-mail address of the Google service account to act as.
     */
    private String googleServiceAccount;

    /**
     * With durable=true: encrypts the ids of statements over Thrift, which hold a secret; a bean, such as an
     * AesGcmStatementIdCipher. Without it the only bean of this type in the registry is used; without any,
     * SUBMIT over Thrift with durable=true is refused.
     */
    private StatementIdCipher statementIdCipher;

    /**
     * A bean that gives tokens, in place of every other way to log in. Tokens are kept until shortly before
     * their end. Set on the component, or being the only bean of this type in the registry, it serves the
     * endpoints whose options do not say who connects.
     */
    private TokenSource tokenSource;

    public AsyncTransport getAsyncTransport() {
        return asyncTransport;
    }

    public void setAsyncTransport(AsyncTransport asyncTransport) {
        this.asyncTransport = asyncTransport;
    }

    public Long getByteLimit() {
        return byteLimit;
    }

    public void setByteLimit(Long byteLimit) {
        this.byteLimit = byteLimit;
    }

    public String getCatalog() {
        return catalog;
    }

    public void setCatalog(String catalog) {
        this.catalog = catalog;
    }

    public String getClusterId() {
        return clusterId;
    }

    public void setClusterId(String clusterId) {
        this.clusterId = clusterId;
    }

    public String getConfigFile() {
        return configFile;
    }

    public void setConfigFile(String configFile) {
        this.configFile = configFile;
    }

    public String getDataDir() {
        return dataDir;
    }

    public void setDataDir(String dataDir) {
        this.dataDir = dataDir;
    }

    public Boolean getDurable() {
        return durable;
    }

    public void setDurable(Boolean durable) {
        this.durable = durable;
    }

    public Boolean getFailOnTruncated() {
        return failOnTruncated;
    }

    public void setFailOnTruncated(Boolean failOnTruncated) {
        this.failOnTruncated = failOnTruncated;
    }

    public String getHost() {
        return host;
    }

    public void setHost(String host) {
        this.host = host;
    }

    public String getHttpPath() {
        return httpPath;
    }

    public void setHttpPath(String httpPath) {
        this.httpPath = httpPath;
    }

    public Boolean getNoop() {
        return noop;
    }

    public void setNoop(Boolean noop) {
        this.noop = noop;
    }

    public String getOutputClass() {
        return outputClass;
    }

    public void setOutputClass(String outputClass) {
        this.outputClass = outputClass;
    }

    public String getOutputHeader() {
        return outputHeader;
    }

    public void setOutputHeader(String outputHeader) {
        this.outputHeader = outputHeader;
    }

    public OutputType getOutputType() {
        return outputType;
    }

    public void setOutputType(OutputType outputType) {
        this.outputType = outputType;
    }

    public String getProfile() {
        return profile;
    }

    public void setProfile(String profile) {
        this.profile = profile;
    }

    public String getQuery() {
        return query;
    }

    public void setQuery(String query) {
        this.query = query;
    }

    public Integer getRowGroupSize() {
        return rowGroupSize;
    }

    public void setRowGroupSize(Integer rowGroupSize) {
        this.rowGroupSize = rowGroupSize;
    }

    public Integer getRowLimit() {
        return rowLimit;
    }

    public void setRowLimit(Integer rowLimit) {
        this.rowLimit = rowLimit;
    }

    public String getSchema() {
        return schema;
    }

    public void setSchema(String schema) {
        this.schema = schema;
    }

    public Duration getStartTimeout() {
        return startTimeout;
    }

    public void setStartTimeout(Duration startTimeout) {
        this.startTimeout = startTimeout;
    }

    public String getWarehouseId() {
        return warehouseId;
    }

    public void setWarehouseId(String warehouseId) {
        this.warehouseId = warehouseId;
    }

    public Boolean getBreakBatchOnConsumeFail() {
        return breakBatchOnConsumeFail;
    }

    public void setBreakBatchOnConsumeFail(Boolean breakBatchOnConsumeFail) {
        this.breakBatchOnConsumeFail = breakBatchOnConsumeFail;
    }

    public Boolean getBridgeErrorHandler() {
        return bridgeErrorHandler;
    }

    public void setBridgeErrorHandler(Boolean bridgeErrorHandler) {
        this.bridgeErrorHandler = bridgeErrorHandler;
    }

    public String getChangeFeed() {
        return changeFeed;
    }

    public void setChangeFeed(String changeFeed) {
        this.changeFeed = changeFeed;
    }

    public Boolean getDeliverFailures() {
        return deliverFailures;
    }

    public void setDeliverFailures(Boolean deliverFailures) {
        this.deliverFailures = deliverFailures;
    }

    public String getIncrementingColumn() {
        return incrementingColumn;
    }

    public void setIncrementingColumn(String incrementingColumn) {
        this.incrementingColumn = incrementingColumn;
    }

    public String getInitialPosition() {
        return initialPosition;
    }

    public void setInitialPosition(String initialPosition) {
        this.initialPosition = initialPosition;
    }

    public Integer getMaxDeliveries() {
        return maxDeliveries;
    }

    public void setMaxDeliveries(Integer maxDeliveries) {
        this.maxDeliveries = maxDeliveries;
    }

    public Integer getMaxInFlight() {
        return maxInFlight;
    }

    public void setMaxInFlight(Integer maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    public Integer getMaxMessagesPerPoll() {
        return maxMessagesPerPoll;
    }

    public void setMaxMessagesPerPoll(Integer maxMessagesPerPoll) {
        this.maxMessagesPerPoll = maxMessagesPerPoll;
    }

    public String getOnConsume() {
        return onConsume;
    }

    public void setOnConsume(String onConsume) {
        this.onConsume = onConsume;
    }

    public String getOnConsumeBatchComplete() {
        return onConsumeBatchComplete;
    }

    public void setOnConsumeBatchComplete(String onConsumeBatchComplete) {
        this.onConsumeBatchComplete = onConsumeBatchComplete;
    }

    public String getOnConsumeFailed() {
        return onConsumeFailed;
    }

    public void setOnConsumeFailed(String onConsumeFailed) {
        this.onConsumeFailed = onConsumeFailed;
    }

    public OnStop getOnStop() {
        return onStop;
    }

    public void setOnStop(OnStop onStop) {
        this.onStop = onStop;
    }

    public String getPositionKey() {
        return positionKey;
    }

    public void setPositionKey(String positionKey) {
        this.positionKey = positionKey;
    }

    public StateRepository<String, String> getPositionRepository() {
        return positionRepository;
    }

    public void setPositionRepository(StateRepository<String, String> positionRepository) {
        this.positionRepository = positionRepository;
    }

    public Duration getRedeliveryDelay() {
        return redeliveryDelay;
    }

    public void setRedeliveryDelay(Duration redeliveryDelay) {
        this.redeliveryDelay = redeliveryDelay;
    }

    public Boolean getAsync() {
        return async;
    }

    public void setAsync(Boolean async) {
        this.async = async;
    }

    public Boolean getAutoTags() {
        return autoTags;
    }

    public void setAutoTags(Boolean autoTags) {
        this.autoTags = autoTags;
    }

    public Boolean getBatch() {
        return batch;
    }

    public void setBatch(Boolean batch) {
        this.batch = batch;
    }

    public Integer getBatchSize() {
        return batchSize;
    }

    public void setBatchSize(Integer batchSize) {
        this.batchSize = batchSize;
    }

    public String getCarryHeaders() {
        return carryHeaders;
    }

    public void setCarryHeaders(String carryHeaders) {
        this.carryHeaders = carryHeaders;
    }

    public String getColumns() {
        return columns;
    }

    public void setColumns(String columns) {
        this.columns = columns;
    }

    public String getDeleteColumn() {
        return deleteColumn;
    }

    public void setDeleteColumn(String deleteColumn) {
        this.deleteColumn = deleteColumn;
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
        this.formatOptions = formatOptions;
    }

    public Boolean getLazyStartProducer() {
        return lazyStartProducer;
    }

    public void setLazyStartProducer(Boolean lazyStartProducer) {
        this.lazyStartProducer = lazyStartProducer;
    }

    public String getLoadSelect() {
        return loadSelect;
    }

    public void setLoadSelect(String loadSelect) {
        this.loadSelect = loadSelect;
    }

    public Integer getLoadThreshold() {
        return loadThreshold;
    }

    public void setLoadThreshold(Integer loadThreshold) {
        this.loadThreshold = loadThreshold;
    }

    public String getLocalFolder() {
        return localFolder;
    }

    public void setLocalFolder(String localFolder) {
        this.localFolder = localFolder;
    }

    public Integer getMaxBadRows() {
        return maxBadRows;
    }

    public void setMaxBadRows(Integer maxBadRows) {
        this.maxBadRows = maxBadRows;
    }

    public String getMergeKeys() {
        return mergeKeys;
    }

    public void setMergeKeys(String mergeKeys) {
        this.mergeKeys = mergeKeys;
    }

    public String getMoveTo() {
        return moveTo;
    }

    public void setMoveTo(String moveTo) {
        this.moveTo = moveTo;
    }

    public OnBadRow getOnBadRow() {
        return onBadRow;
    }

    public void setOnBadRow(OnBadRow onBadRow) {
        this.onBadRow = onBadRow;
    }

    public OnDuplicateKey getOnDuplicateKey() {
        return onDuplicateKey;
    }

    public void setOnDuplicateKey(OnDuplicateKey onDuplicateKey) {
        this.onDuplicateKey = onDuplicateKey;
    }

    public OnTimeout getOnTimeout() {
        return onTimeout;
    }

    public void setOnTimeout(OnTimeout onTimeout) {
        this.onTimeout = onTimeout;
    }

    public DatabricksOperation getOperation() {
        return operation;
    }

    public void setOperation(DatabricksOperation operation) {
        this.operation = operation;
    }

    public Boolean getOverwrite() {
        return overwrite;
    }

    public void setOverwrite(Boolean overwrite) {
        this.overwrite = overwrite;
    }

    public String getQueryTags() {
        return queryTags;
    }

    public void setQueryTags(String queryTags) {
        this.queryTags = queryTags;
    }

    public Duration getQueryTimeout() {
        return queryTimeout;
    }

    public void setQueryTimeout(Duration queryTimeout) {
        this.queryTimeout = queryTimeout;
    }

    public Duration getResultTimeout() {
        return resultTimeout;
    }

    public void setResultTimeout(Duration resultTimeout) {
        this.resultTimeout = resultTimeout;
    }

    public Duration getServerWait() {
        return serverWait;
    }

    public void setServerWait(Duration serverWait) {
        this.serverWait = serverWait;
    }

    public StagedFile getStagedFile() {
        return stagedFile;
    }

    public void setStagedFile(StagedFile stagedFile) {
        this.stagedFile = stagedFile;
    }

    public SubmitGuarantee getSubmitGuarantee() {
        return submitGuarantee;
    }

    public void setSubmitGuarantee(SubmitGuarantee submitGuarantee) {
        this.submitGuarantee = submitGuarantee;
    }

    public String getTable() {
        return table;
    }

    public void setTable(String table) {
        this.table = table;
    }

    public String getUpdateColumns() {
        return updateColumns;
    }

    public void setUpdateColumns(String updateColumns) {
        this.updateColumns = updateColumns;
    }

    public String getVersionColumn() {
        return versionColumn;
    }

    public void setVersionColumn(String versionColumn) {
        this.versionColumn = versionColumn;
    }

    public String getVolumePath() {
        return volumePath;
    }

    public void setVolumePath(String volumePath) {
        this.volumePath = volumePath;
    }

    public Integer getConflictRetries() {
        return conflictRetries;
    }

    public void setConflictRetries(Integer conflictRetries) {
        this.conflictRetries = conflictRetries;
    }

    public Map<String, Object> getCopyOptions() {
        return copyOptions;
    }

    public void setCopyOptions(Map<String, Object> copyOptions) {
        this.copyOptions = copyOptions;
    }

    public Boolean getPassTraceparent() {
        return passTraceparent;
    }

    public void setPassTraceparent(Boolean passTraceparent) {
        this.passTraceparent = passTraceparent;
    }

    public Boolean getSerialWrites() {
        return serialWrites;
    }

    public void setSerialWrites(Boolean serialWrites) {
        this.serialWrites = serialWrites;
    }

    public Boolean getAutowiredEnabled() {
        return autowiredEnabled;
    }

    public void setAutowiredEnabled(Boolean autowiredEnabled) {
        this.autowiredEnabled = autowiredEnabled;
    }

    public BulkStatus getBulkStatus() {
        return bulkStatus;
    }

    public void setBulkStatus(BulkStatus bulkStatus) {
        this.bulkStatus = bulkStatus;
    }

    public Duration getConnectionTimeout() {
        return connectionTimeout;
    }

    public void setConnectionTimeout(Duration connectionTimeout) {
        this.connectionTimeout = connectionTimeout;
    }

    public DataSource getDataSource() {
        return dataSource;
    }

    public void setDataSource(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    public Duration getDeadRetention() {
        return deadRetention;
    }

    public void setDeadRetention(Duration deadRetention) {
        this.deadRetention = deadRetention;
    }

    public Map<String, Object> getDriverProperties() {
        return driverProperties;
    }

    public void setDriverProperties(Map<String, Object> driverProperties) {
        this.driverProperties = driverProperties;
    }

    public StatementHandleRepository getHandleRepository() {
        return handleRepository;
    }

    public void setHandleRepository(StatementHandleRepository handleRepository) {
        this.handleRepository = handleRepository;
    }

    public Map<String, Object> getHttpHeaders() {
        return httpHeaders;
    }

    public void setHttpHeaders(Map<String, Object> httpHeaders) {
        this.httpHeaders = httpHeaders;
    }

    public Duration getIdleTimeout() {
        return idleTimeout;
    }

    public void setIdleTimeout(Duration idleTimeout) {
        this.idleTimeout = idleTimeout;
    }

    public DatabricksIngestOptions getIngest() {
        return ingest;
    }

    public void setIngest(DatabricksIngestOptions ingest) {
        this.ingest = ingest;
    }

    public Duration getLease() {
        return lease;
    }

    public void setLease(Duration lease) {
        this.lease = lease;
    }

    public Duration getMaxLifetime() {
        return maxLifetime;
    }

    public void setMaxLifetime(Duration maxLifetime) {
        this.maxLifetime = maxLifetime;
    }

    public Duration getMaxPollInterval() {
        return maxPollInterval;
    }

    public void setMaxPollInterval(Duration maxPollInterval) {
        this.maxPollInterval = maxPollInterval;
    }

    public Integer getMaxPoolSize() {
        return maxPoolSize;
    }

    public void setMaxPoolSize(Integer maxPoolSize) {
        this.maxPoolSize = maxPoolSize;
    }

    public Integer getMaxQueueSize() {
        return maxQueueSize;
    }

    public void setMaxQueueSize(Integer maxQueueSize) {
        this.maxQueueSize = maxQueueSize;
    }

    public Integer getMinIdle() {
        return minIdle;
    }

    public void setMinIdle(Integer minIdle) {
        this.minIdle = minIdle;
    }

    public Duration getMinPollInterval() {
        return minPollInterval;
    }

    public void setMinPollInterval(Duration minPollInterval) {
        this.minPollInterval = minPollInterval;
    }

    public DatabricksObserveOptions getObserve() {
        return observe;
    }

    public void setObserve(DatabricksObserveOptions observe) {
        this.observe = observe;
    }

    public Double getPollRatio() {
        return pollRatio;
    }

    public void setPollRatio(Double pollRatio) {
        this.pollRatio = pollRatio;
    }

    public DatabricksPoolOptions getPool() {
        return pool;
    }

    public void setPool(DatabricksPoolOptions pool) {
        this.pool = pool;
    }

    public DatabricksQueryConsumerOptions getQueryConsumer() {
        return queryConsumer;
    }

    public void setQueryConsumer(DatabricksQueryConsumerOptions queryConsumer) {
        this.queryConsumer = queryConsumer;
    }

    public DatabricksResultOptions getResult() {
        return result;
    }

    public void setResult(DatabricksResultOptions result) {
        this.result = result;
    }

    public Duration getRetention() {
        return retention;
    }

    public void setRetention(Duration retention) {
        this.retention = retention;
    }

    public DatabricksSecurityOptions getSecurity() {
        return security;
    }

    public void setSecurity(DatabricksSecurityOptions security) {
        this.security = security;
    }

    public Map<String, Object> getSessionConfiguration() {
        return sessionConfiguration;
    }

    public void setSessionConfiguration(Map<String, Object> sessionConfiguration) {
        this.sessionConfiguration = sessionConfiguration;
    }

    public Duration getSettleTime() {
        return settleTime;
    }

    public void setSettleTime(Duration settleTime) {
        this.settleTime = settleTime;
    }

    public DatabricksStatementOptions getStatement() {
        return statement;
    }

    public void setStatement(DatabricksStatementOptions statement) {
        this.statement = statement;
    }

    public DatabricksVolumeOptions getVolume() {
        return volume;
    }

    public void setVolume(DatabricksVolumeOptions volume) {
        this.volume = volume;
    }

    public DatabricksWatchOptions getWatch() {
        return watch;
    }

    public void setWatch(DatabricksWatchOptions watch) {
        this.watch = watch;
    }

    public DatabricksWorkspaceOptions getWorkspace() {
        return workspace;
    }

    public void setWorkspace(DatabricksWorkspaceOptions workspace) {
        this.workspace = workspace;
    }

    public Boolean getHealthCheckConsumerEnabled() {
        return healthCheckConsumerEnabled;
    }

    public void setHealthCheckConsumerEnabled(Boolean healthCheckConsumerEnabled) {
        this.healthCheckConsumerEnabled = healthCheckConsumerEnabled;
    }

    public Boolean getHealthCheckProducerEnabled() {
        return healthCheckProducerEnabled;
    }

    public void setHealthCheckProducerEnabled(Boolean healthCheckProducerEnabled) {
        this.healthCheckProducerEnabled = healthCheckProducerEnabled;
    }

    public Duration getMaxBacklogAge() {
        return maxBacklogAge;
    }

    public void setMaxBacklogAge(Duration maxBacklogAge) {
        this.maxBacklogAge = maxBacklogAge;
    }

    public String getAccessToken() {
        return accessToken;
    }

    public void setAccessToken(String accessToken) {
        this.accessToken = accessToken;
    }

    public Boolean getAllowDynamicOperation() {
        return allowDynamicOperation;
    }

    public void setAllowDynamicOperation(Boolean allowDynamicOperation) {
        this.allowDynamicOperation = allowDynamicOperation;
    }

    public Boolean getAllowDynamicQuery() {
        return allowDynamicQuery;
    }

    public void setAllowDynamicQuery(Boolean allowDynamicQuery) {
        this.allowDynamicQuery = allowDynamicQuery;
    }

    public Boolean getAllowDynamicTable() {
        return allowDynamicTable;
    }

    public void setAllowDynamicTable(Boolean allowDynamicTable) {
        this.allowDynamicTable = allowDynamicTable;
    }

    public String getAuthType() {
        return authType;
    }

    public void setAuthType(String authType) {
        this.authType = authType;
    }

    public String getAzureClientId() {
        return azureClientId;
    }

    public void setAzureClientId(String azureClientId) {
        this.azureClientId = azureClientId;
    }

    public String getAzureClientSecret() {
        return azureClientSecret;
    }

    public void setAzureClientSecret(String azureClientSecret) {
        this.azureClientSecret = azureClientSecret;
    }

    public String getAzureTenantId() {
        return azureTenantId;
    }

    public void setAzureTenantId(String azureTenantId) {
        this.azureTenantId = azureTenantId;
    }

    public String getClientId() {
        return clientId;
    }

    public void setClientId(String clientId) {
        this.clientId = clientId;
    }

    public String getClientSecret() {
        return clientSecret;
    }

    public void setClientSecret(String clientSecret) {
        this.clientSecret = clientSecret;
    }

    public String getConnectionUrl() {
        return connectionUrl;
    }

    public void setConnectionUrl(String connectionUrl) {
        this.connectionUrl = connectionUrl;
    }

    public String getGoogleServiceAccount() {
        return googleServiceAccount;
    }

    public void setGoogleServiceAccount(String googleServiceAccount) {
        this.googleServiceAccount = googleServiceAccount;
    }

    public StatementIdCipher getStatementIdCipher() {
        return statementIdCipher;
    }

    public void setStatementIdCipher(StatementIdCipher statementIdCipher) {
        this.statementIdCipher = statementIdCipher;
    }

    public TokenSource getTokenSource() {
        return tokenSource;
    }

    public void setTokenSource(TokenSource tokenSource) {
        this.tokenSource = tokenSource;
    }
}
