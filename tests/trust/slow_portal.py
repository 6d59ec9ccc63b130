"""Settings of the portal that is killed: the demonstration, with every job held open for a second by `slow_jobs`."""

from config.settings.demo import *  # noqa: F403 - settings inherit by star
from config.settings.demo import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.trust.slow_jobs.SlowJobs"]
