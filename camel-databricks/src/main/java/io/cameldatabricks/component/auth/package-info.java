/**
 * Tokens: where they come from, when they are renewed, and that they are never printed. The authentication itself is that
 * of databricks-sdk-java.
 */
package io.cameldatabricks.component.auth;
