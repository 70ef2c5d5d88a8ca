"""Boosted trees for the scripts that learn (train-body, train-events): the program
grow_trees grows them, a .def file keeps them for C.  Needs python3-numpy."""
import re
import subprocess

import numpy as np

BINS = 64  # as in grow_trees.c


def cuts_of(x):
    """Thresholds between the values of one feature, at most BINS - 1."""
    values = np.unique(x)
    if len(values) > BINS:
        values = np.unique(np.quantile(x, np.linspace(0, 1, BINS)))
    middle = (values[1:] + values[:-1]) / 2
    return np.array([float('%.5g' % m) for m in middle[:BINS - 1]], dtype=np.float32)


def bins_of(x, cuts):
    """The bin of each value of a matrix, a column per feature."""
    bins = [np.searchsorted(c, x[:, f], side='left') for f, c in enumerate(cuts)]
    return np.stack(bins, axis=1).astype(np.uint8)


class Trees:
    """score(row) = base + sum of the leaves it falls into."""

    def __init__(self, program, cuts, bins, y, w, page, n_trees, n_leaves, drawing=1):
        """Of rows of BINS with labels Y, weights W and, by number, the page each is of.
        DRAWING: another sees other samples."""
        self.cuts, self.n_leaves = cuts, n_leaves
        given = (bins.tobytes() + y.astype(float).tobytes() +
                 (w * (len(w) / w.sum())).astype(float).tobytes() + page.astype(np.uint32).tobytes())
        out = subprocess.run([program] + [str(n) for n in (*bins.shape, page.max() + 1,
                                                           n_trees, n_leaves, drawing)],
                             input=given, stdout=subprocess.PIPE, check=True).stdout.decode().split('\n')
        self.base, self.trees = float(out[0]), []
        for line in out[1:-1]:
            n = line.split()
            nodes = [n[i:i + 4] for i in range(0, len(n), 4)]
            self.trees.append([[None, float(v)] if f == '-1' else [int(f), int(v), int(yes), int(no)]
                               for f, v, yes, no in nodes])

    def score(self, bins):
        sums = np.full(len(bins), self.base)
        for tree in self.trees:
            at = [(0, np.arange(len(bins)))]
            while at:
                n, rows = at.pop()
                if tree[n][0] is None:
                    sums[rows] += tree[n][1]
                    continue
                goes = bins[rows, tree[n][0]] <= tree[n][1]
                at += [(tree[n][2], rows[goes]), (tree[n][3], rows[~goes])]
        return sums

    def leaves_of(self, tree, n, splits, leaves):
        """Numbers the leaves from yes to no; of each split, those not behind its yes."""
        if tree[n][0] is None:
            leaves.append(tree[n][1])
            return
        first, at = len(leaves), len(splits)
        splits.append(None)
        self.leaves_of(tree, tree[n][2], splits, leaves)
        all_leaves = (1 << self.n_leaves) - 1
        splits[at] = (tree[n][0], tree[n][1], all_leaves & ~((1 << len(leaves)) - (1 << first)))
        self.leaves_of(tree, tree[n][3], splits, leaves)

    def write(self, names, path, script, command):
        n, digits = self.n_leaves, (self.n_leaves + 3) // 4
        with open(path, 'w', encoding='utf8') as out:
            out.write('/*\n * Made by %s; do not edit.\n *     %s\n' % (script, command))
            out.write(' * BASE(odds) is where the sum begins.  A tree is %d splits and a row of leaves:\n'
                      ' * S(feature, most, kept) leaves only the leaves KEPT when the feature is above\n'
                      ' * MOST, L(odds ...) adds the first that is left.\n */\n' % (n - 1))
            out.write('BASE(%s)\n' % number(self.base, 5))
            for tree in self.trees:
                splits, leaves = [], []
                self.leaves_of(tree, 0, splits, leaves)
                words = ['S(%s, %s, 0x%0*x)' % (names[f], number(self.cuts[f][at], 5), digits, kept)
                         for f, at, kept in splits]
                words += ['S(%s, INFINITY, 0x%x)' % (names[0], (1 << n) - 1)] * (n - 1 - len(splits))
                odds = [number(v, 4) for v in leaves + [0.0] * (n - len(leaves))]
                put_words(out, words + ['L(' + odds[0] + ','] + [v + ',' for v in odds[1:-1]] + [odds[-1] + ')'])


def number(v, digits):
    word = '%.*gf' % (digits, v)
    word = re.sub(r'(?<![\d.e])(-?\d+)f', r'\1.0f', word)
    return re.sub(r'(\de[+-]?\d+)\.0f', r'\1f', word)


def put_words(out, words):
    line = words[0]
    for word in words[1:]:
        if len(line) + 1 + len(word) > 80:
            out.write(line + '\n')
            line = '   '
        line += ' ' + word
    out.write(line + '\n')
