/** All process tests, one class for each noun; {@link io.valiant.chaos.catalogue.Catalogue} lists them. */
package io.valiant.chaos.catalogue;
