"""The route of an approval: who is asked at which stage, how answers are joined, who may answer for whom."""
