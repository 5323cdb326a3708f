// `ductus committee`: merges several models into one file that votes, and splits such a file.
import { Command } from 'commander';
import type { VotingRule } from '../onnx/floor.ts';
import { examples, ruleOption } from './options.ts';
import { printJson, printLine } from './output.ts';

interface MergeOptions {
  readonly out: string;
  readonly name: string;
  readonly rule?: VotingRule;
  readonly json?: boolean;
}

interface SplitOptions {
  readonly out: string;
  readonly json?: boolean;
}

/** Builds the command. */
export function committeeCommand(): Command {
  return new Command('committee')
    .summary('merge models into one file that votes, or take it apart')
    .description('Several models in one file vote. ductus train --recipe committee trains such a file from the start.')
    .helpCommand(false)
    .addCommand(mergeCommand())
    .addCommand(splitCommand());
}

function mergeCommand(): Command {
  return new Command('merge')
    .summary('merge models into one file that votes')
    .description(
      'Merges models of equal input, labels and framing into one ONNX file: outputs probabilities (their mean) and\n' +
        "member_1/logits and so on. Its confidence is not calibrated beyond its members' own: ductus train --recipe committee\n" +
        'fits a temperature for the vote.',
    )
    .argument('<model...>', 'names of shipped models or paths of model files, two or more')
    .requiredOption('--out <file>', 'file to write')
    .option('--name <text>', 'name of the committee', 'committee')
    .addOption(ruleOption())
    .option('--json', 'print the written file as JSON')
    .addHelpText(
      'after',
      examples([
        'ductus committee merge runs/digits-1/model.onnx runs/digits-2/model.onnx --out committee.onnx',
        'two networks, one file',
      ]),
    )
    .action(merge);
}

function splitCommand(): Command {
  return new Command('split')
    .summary('take a file that votes apart')
    .description('Writes the members of a committee as model files of their own, each with its own model card.')
    .argument('<model>', 'name of a shipped model or path of a model file that holds a committee')
    .requiredOption('--out <folder>', 'folder for member_1.onnx and so on, made when it is not there')
    .option('--json', 'print the written files as JSON')
    .addHelpText('after', examples(['ductus committee split committee.onnx --out members', 'one file per network']))
    .action(split);
}

async function merge(models: readonly string[], { json, ...options }: MergeOptions): Promise<void> {
  const { mergeModelFiles } = await import('../platform/node/floor.ts');
  const merged = await mergeModelFiles(models, options);
  const { file, bytes, rule, members } = merged;
  if (json) printJson(merged);
  else printLine(`${file} (${bytes} bytes): ${members.join(', ')}; decides by ${rule}`);
}

async function split(nameOrFile: string, { out, json }: SplitOptions): Promise<void> {
  const { splitModelFile } = await import('../platform/node/floor.ts');
  const files = await splitModelFile(nameOrFile, out);
  if (json) printJson({ files });
  else for (const { file, bytes, name } of files) printLine(`${file} (${bytes} bytes): ${name}`);
}
