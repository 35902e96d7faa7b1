/** `import … from 'electron'`: names have to be spelled out; one that is missing fails when the app is linked. */
import electron from './electron.cjs';

export const { app, BrowserWindow, dialog, ipcMain, Menu, nativeTheme, powerSaveBlocker, protocol } = electron;
export const { safeStorage, screen, session, utilityProcess, webContents } = electron;
