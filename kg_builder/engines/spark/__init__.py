"""Reading and extraction on Spark: the same function as in the other engines, run by `mapInArrow`."""

from kg_builder.engines.spark.record_files import SourceTable, write_record_files
from kg_builder.engines.spark.session import spark_session
from kg_builder.engines.spark.tables import SparkTables

__all__ = ["SourceTable", "SparkTables", "spark_session", "write_record_files"]
