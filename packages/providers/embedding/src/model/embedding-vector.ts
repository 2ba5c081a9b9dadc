/**
 * A dense vector: one number per dimension, all finite. With encoding `binary` each number holds eight dimensions, most
 * significant bit first.
 */
export type EmbeddingVector = number[];

/** How the numbers of a vector are written: `float` as they are, `int8` from -128 to 127, `binary` eight bits in one. */
export type EmbeddingEncoding = 'float' | 'int8' | 'binary';

/** Labels of the caller's own. Never sent to the provider. */
export type EmbeddingMetadata = Record<string, string | number | boolean>;
