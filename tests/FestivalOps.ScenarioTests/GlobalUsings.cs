global using FestivalOps.ScenarioTests.Staging;
global using FestivalOps.SlackEmulator.Team;
global using Shouldly;
global using Xunit;
