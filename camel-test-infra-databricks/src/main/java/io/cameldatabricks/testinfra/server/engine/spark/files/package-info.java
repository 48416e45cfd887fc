/** Local files without the processes that Hadoop starts for each, and commits that cannot overwrite each other. */
package io.cameldatabricks.testinfra.server.engine.spark.files;
