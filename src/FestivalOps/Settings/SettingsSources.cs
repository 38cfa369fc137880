namespace FestivalOps.Settings;

/// <summary>
/// Where settings come from, later ones over earlier ones: <c>appsettings.json</c> beside the program; the file named by
/// <c>FOPS_CONFIG</c>; one file a key from a secrets folder; environment variables that begin with <c>FOPS_</c>
/// (<c>FOPS_Slack__BotToken</c>); the command line (<c>--Slack:Transport=Http</c>).
/// </summary>
internal static class SettingsSources
{
    private const string Prefix = "FOPS_";

    // These two tell where settings are; they are not settings.
    private static readonly string[] Own = ["CONFIG", "SECRETS_DIR"];

    /// <summary>Reads all sources.</summary>
    /// <exception cref="SettingsException">A file or folder that is named does not exist or can't be read, or a variable has no name.</exception>
    public static IConfigurationRoot Read(string[] arguments)
    {
        var builder = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true);
        if (Environment.GetEnvironmentVariable(Prefix + "CONFIG") is { Length: > 0 } file)
        {
            if (!File.Exists(file)) throw new SettingsException($"FOPS_CONFIG names the file {file}, which does not exist.");
            builder.AddJsonFile(Path.GetFullPath(file), optional: false);
        }
        if (SecretsFolder() is { } folder)
        {
            builder.AddKeyPerFile(source =>
            {
                source.FileProvider = new Microsoft.Extensions.FileProviders.PhysicalFileProvider(folder);
                source.Optional = true;
                // A folder of secrets may hold other programs' files, too.
                source.IgnoreCondition = name => !name.Contains("__", StringComparison.Ordinal);
            });
        }
        var variables = FromEnvironment().ToList();
        if (variables.Exists(v => v.Key.Length == 0)) throw new SettingsException("The environment variable FOPS_ names no setting; it should be like FOPS_Slack__BotToken.");
        builder.AddInMemoryCollection(variables);
        builder.AddCommandLine(arguments);
        try
        {
            return builder.Build();
        }
        catch (Exception failure) when (failure is InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The settings can't be read: {string.Join(" ", Reasons(failure))}");
        }
    }

    // The innermost reason names line and position of a broken JSON file.
    private static IEnumerable<string> Reasons(Exception failure)
    {
        for (var reason = failure; reason is not null; reason = reason.InnerException) yield return reason.Message;
    }

    private static string? SecretsFolder()
    {
        if (Environment.GetEnvironmentVariable(Prefix + "SECRETS_DIR") is { Length: > 0 } named)
        {
            return Directory.Exists(named)
                ? Path.GetFullPath(named)
                : throw new SettingsException($"FOPS_SECRETS_DIR names the folder {named}, which does not exist or can't be read.");
        }
        return new[] { Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY"), "/run/secrets" }.FirstOrDefault(d => !string.IsNullOrEmpty(d) && Directory.Exists(d));
    }

    private static IEnumerable<KeyValuePair<string, string?>> FromEnvironment() =>
        from System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables()
        let name = (string)variable.Key
        where name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        let key = name[Prefix.Length..]
        where !Own.Contains(key, StringComparer.OrdinalIgnoreCase)
        select new KeyValuePair<string, string?>(key.Replace("__", ":", StringComparison.Ordinal), (string?)variable.Value);
}
