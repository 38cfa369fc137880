global using FestivalOps.Slack.AspNetCore;
global using FestivalOps.Slack.Beyond;
global using FestivalOps.Slack.Blocks;
global using FestivalOps.Slack.Events;
global using FestivalOps.Slack.Interaction;
global using FestivalOps.Slack.WebApi;
global using Shouldly;
global using Xunit;
