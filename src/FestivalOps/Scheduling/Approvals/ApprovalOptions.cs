using System.ComponentModel.DataAnnotations;

namespace FestivalOps.Scheduling.Approvals;

/// <summary>How dangerous tasks are approved. Section <c>Approvals</c>.</summary>
internal sealed class ApprovalOptions
{
    /// <summary>How long a plan can be approved after it was made; then it is void. Unit: minutes. Range: 1 to 240. Default: 15.</summary>
    [Range(1, 240)]
    public int ValidMinutes { get; set; } = 15;
}
