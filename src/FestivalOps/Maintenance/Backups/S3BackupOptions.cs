using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Maintenance.Backups;

/// <summary>Where backups are kept in S3, or in anything that speaks it. Section <c>Maintenance:S3</c>. Empty bucket (default): not looked at.</summary>
internal sealed class S3BackupOptions : IValidatableObject
{
    /// <summary>Address of the service: <c>https://s3.ap-northeast-1.amazonaws.com</c>, or that of another one; https, or http to this machine. Required with <see cref="Bucket"/>.</summary>
    public Uri? ServiceUrl { get; set; }

    /// <summary>Region that requests are signed for. Default: <c>ap-northeast-1</c>.</summary>
    [Required]
    public string Region { get; set; } = "ap-northeast-1";

    /// <summary>Name of the bucket. Default: empty.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>What the names of backups begin with. Default: <c>festival-planner/</c> (guideline).</summary>
    public string Prefix { get; set; } = "festival-planner/";

    /// <summary>True: the bucket stands in the path of addresses, as most services other than Amazon's want it. Default: true.</summary>
    public bool PathStyle { get; set; } = true;

    /// <summary>Access key; empty (default): <c>AWS_ACCESS_KEY_ID</c> and <c>AWS_SECRET_ACCESS_KEY</c> of the environment. A secret.</summary>
    public string AccessKey { get; set; } = "";

    /// <summary>The secret that belongs to it. A secret.</summary>
    public string SecretKey { get; set; } = "";

    /// <summary>The newest object may be this old. Unit: hours. Range: 1 to 744. Default: 26.</summary>
    [Range(1, 744)]
    public int MaxAgeHours { get; set; } = 26;

    /// <summary>True when it is looked at.</summary>
    public bool IsSet => Bucket.Length > 0;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsSet) yield break;
        if (ServiceUrl is not { IsAbsoluteUri: true, UserInfo: "" } url || !(url.Scheme == "https" || (url.Scheme == "http" && url.IsLoopback)))
            yield return new("ServiceUrl must be an https address without a user name (http only to this machine), such as https://s3.ap-northeast-1.amazonaws.com.", [nameof(ServiceUrl)]);
        if (AccessKey.Length > 0 != SecretKey.Length > 0) yield return new("AccessKey and SecretKey belong together: give both or neither.", [nameof(SecretKey)]);
    }
}
