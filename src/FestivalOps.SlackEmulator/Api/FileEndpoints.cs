using FestivalOps.SlackEmulator.Faults;
using FestivalOps.SlackEmulator.Team;

namespace FestivalOps.SlackEmulator.Api;

/// <summary>Where uploads are sent to and files are read from, and where permalinks lead.</summary>
internal static class FileEndpoints
{
    public static void Map(WebApplication app)
    {
        app.MapPost("/upload/v1/{id}", UploadAsync).DisableAntiforgery();
        app.MapGet("/files/{id}/{name}", (string id, Workspace workspace, HttpResponse response) =>
        {
            if (workspace.FindFile(id) is not { Bytes: { } bytes } file)
                return Results.NotFound();
            response.Headers.XContentTypeOptions = "nosniff";
            var isImage = file.Info.ContentType.StartsWith("image/", StringComparison.Ordinal);
            return Results.Bytes(bytes, file.Info.ContentType, isImage ? null : file.Info.Name);
        });
        app.MapGet("/archives/{channel}/{link}", (string channel, string link, Workspace workspace) =>
        {
            var ts = link.Length > 7 && link[0] == 'p' ? $"{link[1..^6]}.{link[^6..]}" : "";
            var thread = workspace.FindMessage(channel, ts)?.ThreadTs;
            return Results.Redirect(QueryString.Create([KeyValuePair.Create<string, string?>("channel", channel), KeyValuePair.Create("thread", thread)]).ToUriComponent() is var query ? "/" + query : "/");
        });
    }

    private static async Task<IResult> UploadAsync(string id, HttpRequest request, Workspace workspace, Journal journal, FaultKnobs faults, CancellationToken cancel)
    {
        if (faults.IsDown)
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        if (workspace.FindFile(id) is not { Bytes: null } file)
            return Results.NotFound();
        using var buffer = new MemoryStream();
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(cancel);
            if (form.Files.Count > 0)
                await form.Files[0].CopyToAsync(buffer, cancel);
        }
        else
        {
            await request.Body.CopyToAsync(buffer, cancel);
        }
        if (buffer.Length != file.Info.Length)
        {
            journal.Refuse("upload_url", "length_mismatch", $"announced {file.Info.Length} bytes, got {buffer.Length}");
            return Results.BadRequest("length mismatch");
        }
        workspace.SaveFile(file with { Bytes = buffer.ToArray() });
        return Results.Text($"OK - {buffer.Length}");
    }
}
