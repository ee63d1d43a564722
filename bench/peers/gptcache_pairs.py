"""Asks GPTCache the pairs of a file, with vectors that were made elsewhere.

    python gptcache_pairs.py PAIRS VECTORS FOLDER

PAIRS: a JSON object a line with id, a and b. VECTORS: a JSON array of a text and its vector a line. FOLDER: for its data.
Every a is put first with its id as the answer, then every b is asked. Prints a JSON object a line: the id, the id that was
answered or null, and the seconds that the lookup took; the last line is the CPU seconds a lookup took on average.

The set-up is that of GPTCache's own documentation: SQLite, a flat faiss index, SearchDistanceEvaluation and a threshold of 0.8.
"""

import json
import os
import sys
import time

import numpy
from gptcache import Cache, Config
from gptcache.adapter.api import get, put
from gptcache.manager import CacheBase, VectorBase, get_data_manager
from gptcache.processor.post import first
from gptcache.processor.pre import get_prompt
from gptcache.similarity_evaluation import SearchDistanceEvaluation


def lines(file):
    with open(file, encoding="utf-8") as opened:
        return [json.loads(line) for line in opened]


def main(pairs_file, vectors_file, folder):
    pairs = lines(pairs_file)
    vectors = {text: numpy.array(vector, dtype=numpy.float32) for text, vector in lines(vectors_file)}
    dimension = len(next(iter(vectors.values())))
    database = CacheBase("sqlite", sql_url="sqlite:///" + os.path.join(folder, "gptcache.db"))
    index = VectorBase("faiss", dimension=dimension, index_path=os.path.join(folder, "faiss.index"))
    cache = Cache()
    cache.init(
        pre_embedding_func=get_prompt,
        embedding_func=lambda text, **_: vectors[text],
        data_manager=get_data_manager(database, index),
        similarity_evaluation=SearchDistanceEvaluation(),
        post_process_messages_func=first,
        # Counting tokens would load its tables from elsewhere, and decides nothing.
        config=Config(enable_token_counter=False, disable_report=True),
    )
    for pair in pairs:
        put(pair["a"], pair["id"], cache_obj=cache)
    cpu = time.process_time()
    answers = []
    for pair in pairs:
        start = time.perf_counter()
        answer = get(pair["b"], cache_obj=cache)
        answers.append({"id": pair["id"], "answeredBy": answer, "seconds": time.perf_counter() - start})
    cpu = (time.process_time() - cpu) / len(pairs)
    for answer in answers:
        print(json.dumps(answer))
    print(json.dumps({"cpuSeconds": cpu}))


main(*sys.argv[1:])
