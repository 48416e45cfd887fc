/**
 * Statements as values, and the two state machines: what the server says about a statement, and what we owe the user who
 * submitted it. Nothing here does any I/O.
 */
package io.cameldatabricks.component.statement;
