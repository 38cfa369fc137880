using System.Globalization;
using FestivalOps.SlackEmulator;

// Settings: --Port 8200 --RequestUrl http://127.0.0.1:8080/slack/events --DeliveryMode Socket --BotToken xoxb-… and so on.
var settings = new ConfigurationBuilder().AddEnvironmentVariables("EMULATOR_").AddCommandLine(args).Build();
var options = new EmulatorOptions { Port = 8200 };
settings.Bind(options);
var app = EmulatorApp.Create(options);
await app.StartAsync();
await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"The local workspace: {app.Urls.First()}"));
await Console.Out.WriteLineAsync($"Web API: {app.Urls.First()}/api/   deliveries: {options.DeliveryMode}");
await app.WaitForShutdownAsync();
return 0;
