/**
 * The documentation, checked: its programs are compiled, its commands run or at least parsed, and what it shows of their output
 * is compared. A {@link io.valiant.documents.Document} is a page; entry types are the tests.
 *
 * <p>Above a fenced block a page may have marks, which no reader sees:
 *
 * <ul>
 *   <li>{@code <!-- file: NAME -->}: the block is a file; it is written when the page is followed. A block of language
 *       {@code diff} changes one: its lines with {@code -} are replaced by those with {@code +}.
 *   <li>{@code <!-- exit: N -->}: the commands of the block end with that code.
 *   <li>{@code <!-- not run: WHY -->}: the commands are parsed, not run.
 *   <li>{@code <!-- fragment: WHY -->}: a block of Java that is not compiled.
 * </ul>
 */
package io.valiant.documents;
