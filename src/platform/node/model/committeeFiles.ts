// Merges several model files into one that votes, and splits such a file.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { committeeCard, mergeModels, splitModel, type VotingRule, writeOnnx } from '../../../onnx/floor.ts';
import { writeFileAtomic } from '../files/files.ts';
import { loadModel, naming } from './modelFile.ts';

/** How to merge. */
export interface MergeModelFilesOptions {
  /** Path of the file to write. */
  readonly out: string;
  /** Name of the committee. */
  readonly name: string;
  /** How it decides; default by votes. */
  readonly rule?: VotingRule;
}

/** The file of a committee. */
export interface MergedFile {
  readonly file: string;
  readonly bytes: number;
  readonly rule: VotingRule;
  /** Names of the members. */
  readonly members: readonly string[];
}

/** A member's file. */
export interface MemberFile {
  readonly file: string;
  readonly bytes: number;
  readonly name: string;
}

/**
 * Writes models of equal input, labels and framing as one model file, whose members vote.
 *
 * @param models names of shipped models or paths, two or more.
 * @throws {UsageError} when there is no such model, or the models do not fit together.
 * @throws {FormatError} naming the file that is damaged.
 */
export async function mergeModelFiles(models: readonly string[], options: MergeModelFilesOptions): Promise<MergedFile> {
  const { out, name, rule = 'votes' } = options;
  const members = (await Promise.all(models.map((each) => loadModel(each)))).map(({ model }) => model);
  const card = committeeCard(members, { name, description: `A committee of ${members.length} networks.`, rule });
  const bytes = writeOnnx(mergeModels(members, card));
  await writeFileAtomic(out, bytes);
  return { file: out, bytes: bytes.length, rule, members: card.committee!.members.map((member) => member.name) };
}

/**
 * Writes the members of a committee as model files of their own, `member_1.onnx` and so on, each with its own card.
 *
 * @param nameOrFile a model file that holds a committee.
 * @param folder created when missing.
 * @throws {UsageError} when there is no such model, or it is a single network.
 */
export async function splitModelFile(nameOrFile: string, folder: string): Promise<MemberFile[]> {
  const { path, model, card } = await loadModel(nameOrFile);
  const members = naming(path, () => splitModel(model));
  await mkdir(folder, { recursive: true });
  const files: MemberFile[] = [];
  for (const [index, member] of members.entries()) {
    // Not the member's name: it comes from the file and is not trusted.
    const file = join(folder, `member_${index + 1}.onnx`);
    const bytes = writeOnnx(member);
    await writeFileAtomic(file, bytes);
    files.push({ file, bytes: bytes.length, name: card!.committee!.members[index]!.name });
  }
  return files;
}
