namespace FestivalOps.Slack.Tests;
