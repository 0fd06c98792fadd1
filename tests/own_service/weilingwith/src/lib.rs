//! Three actions of a service with types that contain themselves and a list of flags, in a private module.

#![deny(warnings)]

use vod_api::{Client, Error};

mod weilingwith {
    vod_api::service!(
        "specs",
        only = [DescribeSpaceRelationByDeviceId, DescribeElementProfileTree, DescribeDeviceStatusList]
    );
}

use weilingwith::{
    DescribeDeviceStatusListRequest, DescribeElementProfileTreeRequest,
    DescribeSpaceRelationByDeviceIdRequest, ElementProfileTreeNode, SpaceRelation, WeilingwithCalls as _,
};

/// The codes of the spaces around a device, from the outermost to the innermost.
///
/// # Errors
/// Those of the call.
pub async fn spaces_around(
    client: &Client,
    device: &str,
    workspace: &str,
    token: &str,
) -> Result<Vec<String>, Error> {
    let request = DescribeSpaceRelationByDeviceIdRequest::new(device, workspace, token);
    let answer = client.describe_space_relation_by_device_id(request).await?;
    let mut codes = Vec::new();
    let mut space = answer.result.as_deref().and_then(|result| result.space_relation.as_deref());
    while let Some(SpaceRelation { space_code, children, .. }) = space {
        codes.push(space_code.clone().unwrap_or_default());
        space = children.first();
    }
    Ok(codes)
}

/// How many elements a building has, and how deep they lie in one another.
///
/// # Errors
/// Those of the call.
pub async fn elements(
    client: &Client,
    building: &str,
    workspace: &str,
    token: &str,
) -> Result<(usize, usize), Error> {
    fn measured(node: &ElementProfileTreeNode) -> (usize, usize) {
        let below = node.children.iter().map(measured);
        below.fold((1, 1), |(count, depth), (more, deep)| (count + more, depth.max(deep + 1)))
    }
    let request = DescribeElementProfileTreeRequest::new(building, workspace, token);
    let answer = client.describe_element_profile_tree(request).await?;
    let root = answer.result.as_deref().and_then(|result| result.root.as_deref());
    Ok(root.map_or((0, 0), measured))
}

/// The ids of devices that are in one of these states of life.
///
/// # Errors
/// Those of the call.
pub async fn devices(
    client: &Client,
    workspace: i64,
    token: &str,
    alive: &[bool],
) -> Result<Vec<String>, Error> {
    let request =
        DescribeDeviceStatusListRequest::new(workspace, token, 1, 10).is_alive(alive.iter().copied());
    let answer = client.describe_device_status_list(request).await?;
    let devices = answer.result.map(|result| result.device_status_set).unwrap_or_default();
    Ok(devices.into_iter().filter_map(|device| device.wid).collect())
}
