/** The command-line tool: a table becomes a pruned model, which answers rows or serves them. */
package org.espalier.examples.tool;
