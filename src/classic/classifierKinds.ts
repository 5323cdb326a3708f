// Every system of the comparison, by name. A new one takes a file in `systems` and a line here.
import { FormatError, UsageError } from '../core/floor.ts';
import type { Classifier, ClassifierHost, ClassifierKind } from './classifier.ts';
import { readClassifier } from './savedClassifier.ts';
import { deepBelief } from './systems/deepBelief/deepBelief.ts';
import { fourierKinds } from './systems/fourier/fourierKinds.ts';
import { fuzzyMembership } from './systems/fuzzy/fuzzyMembership.ts';
import { hiddenMarkov } from './systems/markov/hiddenMarkov.ts';
import { multiscale } from './systems/multiscale/multiscale.ts';
import { nearestNeighbours } from './systems/nearest/nearestNeighbours.ts';
import { networkClassifier } from './systems/networks/networkClassifier.ts';
import { citedDesigns, laterDesigns } from './systems/networks/networkDesigns.ts';
import { supportVectors } from './systems/supportVectors/supportVectors.ts';

/**
 * Every kind, with the compared settings, in the order of the comparison: oldest ideas first.
 *
 * @param host provides the engine for kinds that compute with it.
 *
 * @example
 * ```ts
 * import { classifierKinds } from 'ductus/classic';
 * import { onnxRuntimeEngine } from 'ductus/node';
 *
 * const kinds = classifierKinds({ engine: onnxRuntimeEngine, now: () => performance.now() });
 * console.log(kinds.some(({ name }) => name === 'support-vectors')); // true
 * ```
 */
export function classifierKinds(host: ClassifierHost): readonly ClassifierKind[] {
  return [
    ...fourierKinds(host),
    multiscale(),
    fuzzyMembership(),
    hiddenMarkov(),
    nearestNeighbours(host),
    supportVectors(host),
    ...[...citedDesigns, deepBelief(), ...laterDesigns].map((design) => networkClassifier(host, design)),
  ];
}

/**
 * The kind of that name.
 *
 * @example
 * ```ts
 * import { classifierKindNamed, loadClassifier, writeClassifier } from 'ductus/classic';
 * import { onnxRuntimeEngine, openDataset } from 'ductus/node';
 * import { limitSamples } from 'ductus/samples';
 *
 * const host = { engine: onnxRuntimeEngine, now: () => performance.now() };
 * const digits = limitSamples(await openDataset('mnist:train'), 500, 1);
 * const learnt = await classifierKindNamed('fuzzy-membership', host).fit(digits, { seed: 1 });
 * const file = writeClassifier(learnt.save());
 * const loaded = await loadClassifier(file, host, 'fuzzy.onnx');
 * const { scores } = await loaded.predict(digits.dataset.images.subarray(0, 784));
 * console.log(scores.length); // 10
 * ```
 * @param name one of `ductus compare --list`.
 * @throws {UsageError} listing the existing ones.
 */
export function classifierKindNamed(name: string, host: ClassifierHost): ClassifierKind {
  const kinds = classifierKinds(host);
  const found = kinds.find((kind) => kind.name === name);
  if (found !== undefined) return found;
  throw new UsageError(`unknown system "${name}"; expected one of ${kinds.map((kind) => kind.name).join(', ')}`);
}

/**
 * A classifier of any kind from its file.
 *
 * @param bytes must not be changed afterwards.
 * @param source the file, for the error.
 * @throws {FormatError} when it is damaged, not a classifier or of an unknown kind.
 */
export async function loadClassifier(bytes: Uint8Array, host: ClassifierHost, source: string): Promise<Classifier> {
  const saved = readClassifier(bytes, source);
  const kind = classifierKinds(host).find(({ name }) => name === saved.kind);
  if (kind === undefined)
    throw new FormatError(`${source}: expected a classifier of a known kind, found "${saved.kind}"`);
  return kind.restore(saved, source);
}
