namespace FestivalOps.Slack;

/// <summary>A file in Slack. Only what this library needs of it.</summary>
public sealed class File
{
    /// <summary>Slack file id.</summary>
    public string Id { get; set; } = "";

    /// <summary>File name.</summary>
    public string? Name { get; set; }

    /// <summary>Title.</summary>
    public string? Title { get; set; }

    /// <summary>MIME type.</summary>
    public string? Mimetype { get; set; }

    /// <summary>Slack's name of the type.</summary>
    public string? Filetype { get; set; }

    /// <summary>The type in words.</summary>
    public string? PrettyType { get; set; }

    /// <summary>Who uploaded it.</summary>
    public string? User { get; set; }

    /// <summary>Bytes.</summary>
    public long Size { get; set; }

    /// <summary>Unix seconds.</summary>
    public int Created { get; set; }

    /// <summary>Address for people and tokens with access.</summary>
    public string? UrlPrivate { get; set; }

    /// <summary>The same as a download.</summary>
    public string? UrlPrivateDownload { get; set; }

    /// <summary>Page of the file.</summary>
    public string? Permalink { get; set; }
}
