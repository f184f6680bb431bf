"""Vowpal Wabbit's command line: its wheel holds the C++ core but no program. Reading, learning, predicting and writing all
happen in C++; this only hands the arguments over."""

import sys

import pylibvw

workspace = pylibvw.vw(sys.argv[1:])
workspace.run_parser()
workspace.finish()
