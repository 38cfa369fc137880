using FestivalOps.Alerting.Rules;
using FestivalOps.Checks;
using FestivalOps.Settings;

namespace FestivalOps.Alerting.Export;

/// <summary>The rule file by HTTP and on the command line.</summary>
internal static class ExportSetup
{
    /// <summary>Maps <c>GET /alerts/rules.yml</c>. It holds limits and names of metrics, nothing secret.</summary>
    public static void MapRules(this WebApplication app) => app.MapGet("/alerts/rules.yml", async context =>
    {
        context.Response.ContentType = "application/yaml; charset=utf-8";
        await context.Response.WriteAsync(context.RequestServices.GetRequiredService<RuleFile>().Write(), context.RequestAborted);
    });

    /// <summary><c>FestivalOps export-rules</c>: the file made from <paramref name="settings"/>, without a bot, a store or Slack.</summary>
    /// <exception cref="SettingsException">A limit or a time is wrong.</exception>
    public static string ExportRules(IConfiguration settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton(settings).AddSingleton(TimeProvider.System).AddLogging();
        services.AddChecks().AddRules();
        using var provider = services.BuildServiceProvider();
        SettingsAudit.Refuse(SettingsAudit.WrongValues(provider));
        return provider.GetRequiredService<RuleFile>().Write();
    }
}
