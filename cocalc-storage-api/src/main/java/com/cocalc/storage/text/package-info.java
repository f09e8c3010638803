/**
 * The grammars of text that enters or leaves the model: ids, names, paths, JSON and drawings.
 *
 * <p>A type here knows how a text is written and nothing about storage: it uses no type of the model, and it does not
 * throw. It answers whether a text follows a grammar; the value that is made of the text refuses it. The module does
 * not export this package.
 */
@NullMarked
package com.cocalc.storage.text;

import org.jspecify.annotations.NullMarked;
