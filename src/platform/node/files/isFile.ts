// What a path leads to, links followed. A path that leads nowhere, or that may not be examined, is neither file nor
// folder.
import { stat } from 'node:fs/promises';

/** Whether a path leads to an ordinary file: no folder, and no pipe or device, which might never end. */
export async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}

/** Whether a path leads to a folder. */
export async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

/** Whether a path leads to anything: a file, a folder, a pipe or a device. */
export async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
