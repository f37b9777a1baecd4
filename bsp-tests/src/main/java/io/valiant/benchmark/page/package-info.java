/** Tables and plots of what was measured, as Markdown and SVG. */
package io.valiant.benchmark.page;
