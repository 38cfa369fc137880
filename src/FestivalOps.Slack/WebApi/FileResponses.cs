namespace FestivalOps.Slack.WebApi;

/// <summary>Where to upload a file.</summary>
public sealed class UploadUrlExternalResponse
{
    /// <summary>Address for the bytes; valid once.</summary>
    public string UploadUrl { get; set; } = "";

    /// <summary>The file's id.</summary>
    public string FileId { get; set; } = "";
}

/// <summary>A file by id.</summary>
public sealed class ExternalFileReference
{
    /// <summary>Slack file id.</summary>
    public string Id { get; set; } = "";

    /// <summary>Its title.</summary>
    public string? Title { get; set; }
}

/// <summary>A file.</summary>
public sealed class FileResponse
{
    /// <summary>The file.</summary>
    public File File { get; set; } = new();
}
