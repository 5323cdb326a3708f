// Activation layer.
import * as v from 'valibot';
import { schemaOf, strictObject } from '../../../core/floor.ts';
import { type Activation, activate, activationSchema } from '../activation.ts';
import type { Layer } from '../layer.ts';
import { layerName } from '../layerFields.ts';

/** A nonlinearity on its own. */
export interface ActivationConfig {
  readonly type: 'activation';
  readonly name?: string;
  readonly activation: Activation;
}

const schema = schemaOf<ActivationConfig>()(
  strictObject({ type: v.literal('activation'), name: layerName, activation: activationSchema }),
);

/** A nonlinearity on its own. */
export const activationLayer: Layer<ActivationConfig, typeof schema> = {
  schema,
  outputShape: (_, input) => input,
  parameters: () => [],
  multiplyAdds: () => 0,
  build: ({ activation }, x) => activate(x, activation),
  keras: ({ activation }, name, _, keras) => keras.activate(name, activation),
};
