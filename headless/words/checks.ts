/** What `doctor` found, and what to do. */
export const checkTexts = {
  'data.usable': 'the data folder {folder} can be used',
  'data.not-writable': 'the data folder {folder} cannot be written. Choose another with --data',
  'key.usable': 'the key file {file} is there',
  'key.to-be-made': 'the key file {file} will be made',
  'key.not-writable': 'the key file {file} cannot be made there',
  'key.readable-by-others': 'the key file {file} can be read by others. Run: chmod 600 {file}',
} as const;
