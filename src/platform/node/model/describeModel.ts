// Describes a network, or a file of networks that vote.
import { describeNetwork, type NetworkDescription, parseNetwork } from '../../../engine/floor.ts';
import { type CardCommittee, modelCardOf, splitModel, type VotingRule } from '../../../onnx/floor.ts';
import { type LoadedModel, loadModel, naming } from './modelFile.ts';
import { openNetwork } from './openNetwork.ts';

/** A committee: its members, each with its network where its card has one. */
export interface CommitteeDescription {
  readonly name: string;
  readonly description: string;
  readonly rule: VotingRule;
  /** Temperature of the vote. */
  readonly temperature: number;
  readonly members: readonly (CardCommittee['members'][number] & { readonly network: NetworkDescription | null })[];
  /** Over all members whose network is known. */
  readonly totals: { readonly parameters: number; readonly multiplyAdds: number };
}

/**
 * Describes a network by name or path, as `openNetwork` finds it; for a committee's file its members too.
 *
 * @throws {UsageError} for an unknown name. {MissingError} when there is no such file.
 * @throws {FormatError} when the file is damaged or holds no network.
 */
export async function describeModel(name: string): Promise<NetworkDescription | CommitteeDescription> {
  if (!/\.onnx$/i.test(name)) return describeNetwork(await openNetwork(name));
  const loaded = await loadModel(name);
  const committee = loaded.card?.committee;
  return committee === undefined
    ? describeNetwork(await openNetwork(name))
    : describeCommittee(loaded, loaded.card!, committee);
}

function describeCommittee(
  { path, model }: LoadedModel,
  { name, description, temperature }: NonNullable<LoadedModel['card']>,
  { rule, members }: CardCommittee,
): CommitteeDescription {
  const networks = naming(path, () =>
    splitModel(model).map((member, index) => {
      const network = modelCardOf(member)?.network;
      return network === undefined ? null : describeNetwork(parseNetwork(network, `member ${index + 1}`));
    }),
  );
  const total = (key: 'parameters' | 'multiplyAdds'): number =>
    networks.reduce((sum, network) => sum + (network?.totals[key] ?? 0), 0);
  return {
    ...{ name, description, rule, temperature },
    members: members.map((member, index) => ({ ...member, network: networks[index] ?? null })),
    totals: { parameters: total('parameters'), multiplyAdds: total('multiplyAdds') },
  };
}
