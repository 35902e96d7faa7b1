"""script.py LIST TEMPLATE FOLDER plain|aes COUNT: the usual script: csv and jinja2, gzip, and one `openssl enc` for each file. Prints files per second."""

import csv
import gzip
import os
import subprocess
import sys
import time

from jinja2 import Environment

source, template, folder, mode, count = sys.argv[1:5] + [int(sys.argv[5])]
os.makedirs(folder, exist_ok=True)
with open(template, encoding='utf-8') as text:
    profile = Environment(autoescape=True).from_string(text.read())
began = time.time()
done = 0
for row in csv.DictReader(open(source, encoding='utf-8')):
    made = profile.render(row).encode()
    name = f"{folder}/{row['mac']}.xml"
    if mode == 'aes':
        openssl = ['openssl', 'enc', '-aes-256-cbc', '-salt', '-md', 'md5', '-pass', 'pass:' + row['password'], '-out', name]
        subprocess.run(openssl, input=gzip.compress(made, 6), check=True, stderr=subprocess.DEVNULL)
    else:
        with open(name, 'wb') as file:
            file.write(made)
    done += 1
    if done == count:
        break
print(f'{done / (time.time() - began):.1f}')
