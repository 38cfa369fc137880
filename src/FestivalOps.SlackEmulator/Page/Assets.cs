namespace FestivalOps.SlackEmulator.Page;

/// <summary>Serves style sheet and scripts from inside this assembly, whatever the host process is.</summary>
internal static class Assets
{
    public static void Map(WebApplication app)
    {
        Serve(app, "/_framework/blazor.web.js", "blazor.web.js", "text/javascript");
        Serve(app, "/assets/workspace.js", "workspace.js", "text/javascript");
        Serve(app, "/assets/workspace.css", "workspace.css", "text/css");
        app.MapGet("/favicon.ico", () => Results.NoContent());
    }

    private static void Serve(WebApplication app, string path, string name, string type)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream("assets/" + name)
            ?? throw new InvalidOperationException($"{name} is missing in the assembly; build the project with the .NET SDK for web projects.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        app.MapGet(path, () => Results.Bytes(bytes, type + "; charset=utf-8"));
    }
}
