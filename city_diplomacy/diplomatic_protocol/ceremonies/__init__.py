"""Requests for flag raisings, proclamations, letters and greetings."""
