"""SQL functions that mean the same in MariaDB and here; the others are refused by name."""

from pypika.functions import Coalesce, Concat, Count, IfNull, Max, Min, Sum

__all__ = ["Coalesce", "Concat", "Count", "IfNull", "Max", "Min", "Sum"]
